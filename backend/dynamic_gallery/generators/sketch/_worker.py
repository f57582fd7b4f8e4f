"""Draws SVG documents in a process of its own: resvg holds the interpreter lock while it draws.

Run as a script, so that it starts without importing the rest of the package. It reads documents from
standard input and writes pictures to standard output, each after its length in eight bytes; a length
with the highest bit set announces an error's text. It ends when its input ends.
"""

from __future__ import annotations

import struct
import sys

ERROR = 1 << 63


def draw(svg: str, font: str) -> bytes:
    """The document as PNG bytes; raises ValueError when it cannot be drawn."""
    import resvg_py  # noqa: PLC0415  (found only after main() has extended the search path)

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=[font],
        font_family="Jost",
        sans_serif_family="Jost",
    )


def main() -> None:
    """Serve until standard input ends; arguments: the folder of resvg_py, the font file."""
    folder, font = sys.argv[1:3]
    sys.path.append(folder)
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while len(head := source.read(8)) == 8:
        svg = source.read(struct.unpack(">Q", head)[0]).decode()
        try:
            answer, mark = draw(svg, font), 0
        except Exception as problem:  # the other side turns it into its own error
            answer, mark = str(problem).encode(), ERROR
        target.write(struct.pack(">Q", len(answer) | mark) + answer)
        target.flush()


if __name__ == "__main__":
    main()
