"""Asks a chat endpoint through the official client and through LangChain: ask_model.py URL."""

import json
import socket
import sys

url = sys.argv[1]
resolve = socket.getaddrinfo
# Not every resolver knows that names below localhost are this machine.
socket.getaddrinfo = lambda host, *rest, **named: resolve(
    "127.0.0.1" if str(host).endswith("localhost") else host, *rest, **named
)

from langchain_openai import ChatOpenAI  # noqa: E402
from openai import OpenAI  # noqa: E402

question = "say this word by word"
client = OpenAI(base_url=f"{url}/v1", api_key="any")
messages = [{"role": "user", "content": question}]
whole = client.chat.completions.create(model="stand-in", messages=messages)
parts = [
    part.choices[0].delta.content
    for part in client.chat.completions.create(model="stand-in", messages=messages, stream=True)
    if part.choices and part.choices[0].delta.content
]
chain = ChatOpenAI(model="stand-in", base_url=f"{url}/v1", api_key="any")
said = {
    "whole": whole.choices[0].message.content,
    "parts": parts,
    "chain": chain.invoke(question).content,
    "chain_parts": [part.content for part in chain.stream(question) if part.content],
}
print(json.dumps(said))
