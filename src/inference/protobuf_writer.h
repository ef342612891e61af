#pragma once

// Writes messages in the wire format of Protocol Buffers, which ONNX and TensorFlow files are made
// of. A message is a run of fields; a field is a key (number * 8 + wire type) and its value: a
// variable-length integer (0), eight bytes (1), a length and that many bytes (2), four bytes (5).
// Field numbers come from the public onnx.proto and graph.proto, attr_value.proto, tensor.proto.

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace dramatis {

static_assert(std::endian::native == std::endian::little, "files are written as memory lies");

/// One message, built field by field in order. Repeat a call for a repeated field.
class ProtobufMessage {
 public:
  ProtobufMessage& integer(int field, std::int64_t value) {
    key(field, 0);
    varint(static_cast<std::uint64_t>(value));
    return *this;
  }
  ProtobufMessage& real(int field, float value) {
    key(field, 5);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    return *this;
  }
  ProtobufMessage& text(int field, std::string_view value) {
    key(field, 2);
    varint(value.size());
    bytes_.append(value);
    return *this;
  }
  ProtobufMessage& message(int field, const ProtobufMessage& value) {
    return text(field, value.bytes_);
  }
  /// Numbers as they lie in memory, as one field of bytes.
  template <class T>
  ProtobufMessage& raw(int field, std::span<const T> values) {
    return text(field, {reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }

  const std::string& bytes() const { return bytes_; }

 private:
  void key(int field, unsigned wire_type) {
    varint(static_cast<std::uint64_t>(field) << 3 | wire_type);
  }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }

  std::string bytes_;
};

}  // namespace dramatis
