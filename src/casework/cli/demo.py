"""`casework demo`: the options of the demonstrations; what they show is handed in."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import rich_click as click

from casework.cli.session import Session, json_option, pass_session
from casework.cli.usage_errors import Usage


class _Share(click.ParamType):
    name = "fraction"

    def convert(self, value: str | Fraction, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        try:
            share = Fraction(value)
        except (ValueError, ZeroDivisionError):
            share = Fraction(0)
        if not Fraction(1, 100) <= share <= 1:
            raise Usage(
                f"--share {value}：应在 1/100 和 1 之间，如 1/10",
                f"--share {value} is no share between 1/100 and 1, such as 1/10",
                ctx,
            )
        return share


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("casework-demo"),
    show_default=True,
    help="演示数据放在哪里；再次运行不会重复入账。 Where the demo keeps its data; run again, nothing enters twice.",
)
@click.option("--ledger", "real", type=click.Choice(["boston"]), help="改为导入真实台账。 A real ledger instead.")
@click.option(
    "--share",
    type=_Share(),
    default="1",
    show_default=True,
    help="全县的几分之几，如 1/10。 How much of the county, as 1/10; only where it is not loaded yet.",
)
@click.option("--serve/--no-serve", default=True, help="最后启动服务。 End by serving it.")
@json_option
@pass_session
def demo(session: Session, folder: Path, real: str | None, share: Fraction, serve: bool) -> None:
    """演示：一个县的一年，数字从账里数出，并启动服务。 A county's year, its figures counted from the log, served.

    The county is simulated: Lancang's real townships and villages, with 558 invented cadres who send every command of
    the last 365 days through the law. Two figures come out as in the newspaper: 1,990 matters completed, 15,120
    difficulties solved. Tokens and lines to paste are printed at the end.

    `casework demo --ledger boston` imports 6,000 real service requests of the City of Boston, January 2015; each
    figure stands beside what a plain script, independent of casework, counted in the file.
    """
    session.wiring.demo(session, folder, ledger=real is not None, share=share, serve=serve)


COMMANDS = (demo,)
