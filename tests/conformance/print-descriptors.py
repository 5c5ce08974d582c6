"""Prints the schemas embedded in the installed client package: FileDescriptorProtos in protobuf's JSON, one a line."""

from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.json_format import MessageToJson
from modal_proto import api_pb2, task_command_router_pb2

for module in (api_pb2, task_command_router_pb2):
    print(MessageToJson(FileDescriptorProto.FromString(module.DESCRIPTOR.serialized_pb), indent=None))
