"""`casework keys`: shows which wrapping key is in use, and rotates it."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from casework.application.operations.rotate_key import rotate, standing
from casework.cli.session import Session, json_option, pass_session


@click.group()
def keys() -> None:
    """主密钥：查看、轮换。 The wrapping key: look at it, and change it for another."""


@keys.command(name="list")
@json_option
@pass_session
def list_(session: Session) -> None:
    """各账是用哪把主密钥封存的。 Which wrapping key wraps how many keys; one that wraps none can be dropped."""
    found = standing(session.settings)
    rows = [
        {"log": log, "key": kek, "wraps": count, "loaded": "✓" if kek == found.loaded else ""}
        for log, counted in found.wraps.items()
        for kek, count in counted.items()
    ]
    session.listing(found, ["log", "key", "wraps", "loaded"], rows)


@keys.command(name="rotate")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="新主密钥文件；不存在则生成。 File of the new key; made where there is none.",
)
@json_option
@pass_session
def rotate_(session: Session, target: Path) -> None:
    """轮换主密钥：先停服务；中断后再运行一次即可继续。 Wrap every key under another; stop the server first.

    Interrupted, it continues when run again. Sealed data and entries do not change.
    """
    with session.progress("轮换", "rotating") as tick:
        done = rotate(session.settings, target, tick)
    session.answer(
        done,
        f"{sum(done.keys.values())} 把密钥改由主密钥 {done.new} 封装；请把设置 key_file 指向 {target}，"
        f"旧主密钥 {done.old} 待其备份都已删除后即可销毁",
        f"{sum(done.keys.values())} keys are wrapped by {done.new} now; have the setting key_file name {target};"
        f" the old key {done.old} can go once every backup that needs it is deleted",
    )


COMMANDS = (keys,)
