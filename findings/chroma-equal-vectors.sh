#!/usr/bin/env bash
# chromadb 1.5.9: of many records with one and the same vector, a part is never found.
#
# All budgets of a region share sentences word for word (本单位无政府性基金预算), so their vectors are equal. One would
# expect a query with that vector to give as many of them as are asked for: all are there, all at distance 0.
# What happens: equal records lose the way to each other in the graph of neighbours, with hundreds now and then, with
# two thousand nearly always. Asked for all 2000, most collections give some two thirds or far less, without an error;
# count() says 2000. Of 2000 different vectors all are given. How many are found, and which first, varies each time.
#
# seen: of 2000 different records 2000, of 2000 equal ones [1425, 1425, 695, 1425, 2000] in five collections
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check chromadb==1.5.9
cd "$folder"
venv/bin/python - <<'PYTHON'
import random

import chromadb

COUNT, CHANCE = 2000, random.Random(1)
client = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))


def found(name, vectors):
    collection = client.create_collection(
        name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    collection.add(ids=[f"{number:04}" for number in range(COUNT)], embeddings=vectors)
    given = collection.query(query_embeddings=[vectors[0]], n_results=COUNT, include=[])
    assert collection.count() == COUNT
    return len(given["ids"][0])


different = found("different", [[CHANCE.gauss(0, 1) for _ in range(64)] for _ in range(COUNT)])
equal = [found(f"equal{number}", [[0.6, 0.8, 0.0, 0.0]] * COUNT) for number in range(5)]
print(f"seen: of {COUNT} different records {different}, of {COUNT} equal ones {equal} in five collections")
assert different > 0.99 * COUNT
assert sum(each < 0.8 * COUNT for each in equal) >= 3
PYTHON
