#!/usr/bin/env bash
# gradio 6.31.0: Markdown and Chatbot take the indent off Chinese paragraphs.
#
# A paragraph of an official letter begins with two full-width blanks (U+3000). Markdown knows blanks and tabs only, so
# one would expect these to reach the page as text, as they do through HTML and Textbox.
# What happens: values go through Python's clean-up for docstrings, to which U+3000 is white space. The indent that all
# paragraphs share is cut off, that of the first one wholly; what is copied from the page is no letter any more.
#
# seen: Markdown keeps 0 and 0 blanks, Chatbot 0 and 0, HTML 2 and 2, Textbox 2 and 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check gradio==6.31.0
cd "$folder"
venv/bin/python - <<'PYTHON'
import gradio as gr

LETTER = "\u3000\u3000您询问的公务接待费，答复如下。\n\u3000\u30002024年预算为0.69万元。"


def indents(text):
    return " and ".join(str(len(line) - len(line.lstrip("\u3000"))) for line in text.split("\n"))


spoken = gr.Chatbot().postprocess([{"role": "assistant", "content": LETTER}]).root[0].content[0].text
found = {
    "Markdown": indents(gr.Markdown().postprocess(LETTER)),
    "Chatbot": indents(spoken),
    "HTML": indents(gr.HTML().postprocess(LETTER)),
    "Textbox": indents(gr.Textbox().postprocess(LETTER)),
}
print("seen: Markdown keeps {} blanks, Chatbot {}, HTML {}, Textbox {}".format(*found.values()))
assert list(found.values()) == ["0 and 0", "0 and 0", "2 and 2", "2 and 2"]
PYTHON
