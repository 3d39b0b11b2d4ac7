// Every text on the page with its contrast to what is painted behind it (WCAG 2.2, 1.4.3): [ratio, element, text].
// `night` says whether the canvas under everything is dark.
night => {
  const parse = text => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const mixed = (top, under, part) => top * part + under * (1 - part);
  const over = (top, under) => ({
    r: mixed(top.r, under.r, top.a), g: mixed(top.g, under.g, top.a), b: mixed(top.b, under.b, top.a), a: 1,
  });
  const linear = c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const light = ({ r, g, b }) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const canvas = night ? { r: 18, g: 18, b: 18, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
  const found = [];
  for (const element of document.body.querySelectorAll("*")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility() || element.getBoundingClientRect().width < 2) continue;
    const chain = [];
    for (let e = element; e; e = e.parentElement) chain.unshift(getComputedStyle(e));
    const behind = chain.reduce((under, style) => over(parse(style.backgroundColor), under), canvas);
    const ink = parse(chain.at(-1).color);
    const opacity = chain.reduce((product, style) => product * Number(style.opacity), ink.a);
    const front = over({ ...ink, a: opacity }, behind);
    const [high, low] = [light(front), light(behind)].sort((a, b) => b - a);
    const name = `${element.tagName}.${element.className}`;
    found.push([(high + 0.05) / (low + 0.05), name, element.textContent.trim().slice(0, 20)]);
  }
  return found;
}
