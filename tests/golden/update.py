"""Write the golden files anew: ``python -m tests.golden.update``. Read the difference before you keep it."""

from __future__ import annotations

import shutil

from tests.golden.render import DOCUMENTS, FOLDER, golden_files


def update() -> None:
    """Replace each document's folder; files of tables that are no more go too."""
    for name, document in DOCUMENTS.items():
        folder = FOLDER / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for file, text in golden_files(document).items():
            (folder / file).write_text(text, encoding="utf-8")
        print(f"{name}：{len(list(folder.iterdir()))} 个文件已更新，请逐个核对差异后再提交。")


if __name__ == "__main__":
    update()
