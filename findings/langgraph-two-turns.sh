#!/usr/bin/env bash
# langgraph 1.2.22 with langgraph-checkpoint-sqlite 3.1.2: of two runs at once in one thread, one is forgotten.
#
# One would expect a list with a reducer (operator.add) in a checkpointed thread to hold what both runs added, or the
# second run to wait or to be refused: the saver has a lock, and the reducer is there to merge.
# What happens: both runs start from the same checkpoint, and the one that ends last is the thread. What the other one
# added is gone for every later turn. Both calls return normally, and each result looks complete.
#
# seen: asked 一, then 二 and 三 at once; the thread holds 一 and 1 of the 2
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check langgraph==1.2.22 langgraph-checkpoint-sqlite==3.1.2
cd "$folder"
venv/bin/python - <<'PYTHON'
import operator
import threading
from typing import Annotated, TypedDict

from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph


class Talk(TypedDict):
    asked: Annotated[list[str], operator.add]


def answer(talk):
    if len(talk["asked"]) > 1:
        both.wait(timeout=30)  # until the other run is here as well
    return {}


both = threading.Barrier(2)
graph = StateGraph(Talk)
graph.add_node("answer", answer)
graph.add_edge(START, "answer")
graph.add_edge("answer", END)
with SqliteSaver.from_conn_string("talks.sqlite") as saver:
    flow, thread = graph.compile(saver), {"configurable": {"thread_id": "one browser"}}
    flow.invoke({"asked": ["一"]}, thread)
    results = []
    turns = [
        threading.Thread(target=lambda said=said: results.append(flow.invoke({"asked": [said]}, thread)))
        for said in ("二", "三")
    ]
    for turn in turns:
        turn.start()
    for turn in turns:
        turn.join()
    kept = flow.get_state(thread).values["asked"]
print(f"seen: asked 一, then 二 and 三 at once; the thread holds {kept[0]} and {len(kept) - 1} of the 2")
assert len(results) == 2 and len(kept) == 2 and kept[0] == "一"
PYTHON
