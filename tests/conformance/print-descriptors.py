"""Prints the schema embedded in the installed client package: a FileDescriptorProto in protobuf's JSON."""

from google.protobuf.descriptor_pb2 import FileDescriptorProto
from google.protobuf.json_format import MessageToJson
from modal_proto import api_pb2

print(MessageToJson(FileDescriptorProto.FromString(api_pb2.DESCRIPTOR.serialized_pb), indent=None))
