#include "inference/torch_weights.h"

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "base/failure.h"

// Two small readers on top of each other.
//
// A zip file ends with a directory of its members; torch.save stores them uncompressed, so a member
// is a piece of the file. One of them, data.pkl, is a program for a stack machine (Python's pickle)
// that builds a dictionary: name → _rebuild_tensor_v2(storage, offset, shape, strides, …). Here the
// machine only notes what would be called with what; the notes are enough to find every tensor's
// bytes.

namespace dramatis {
namespace {

struct Unreadable : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string whole_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Unreadable("there is no such model file");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string_view piece(std::string_view bytes, std::size_t from, std::size_t length) {
  if (from > bytes.size() || length > bytes.size() - from)
    throw Unreadable("the file was cut short");
  return bytes.substr(from, length);
}

/// Little-endian, as both formats write numbers.
template <typename Number>
Number number_at(std::string_view bytes, std::size_t at) {
  Number number{};
  std::memcpy(&number, piece(bytes, at, sizeof number).data(), sizeof number);
  return number;
}

// ---- zip

using Members = std::map<std::string, std::string_view, std::less<>>;

std::size_t directory_end(std::string_view zip) {
  const std::size_t at = zip.rfind("PK\5\6");
  if (at == std::string_view::npos)
    throw Unreadable("this is not a PyTorch weights file, or it was cut short");
  piece(zip, at, 22);  // its end is whole
  return at;
}

Members members_of(std::string_view zip) {
  const std::size_t end = directory_end(zip);
  const auto count = number_at<std::uint16_t>(zip, end + 10);
  std::size_t entry = number_at<std::uint32_t>(zip, end + 16);
  Members members;
  for (int i = 0; i < count; ++i) {
    if (piece(zip, entry, 4) != "PK\1\2") throw Unreadable("its list of contents is damaged");
    if (number_at<std::uint16_t>(zip, entry + 10) != 0)
      throw Unreadable("its contents are compressed");
    const auto size = number_at<std::uint32_t>(zip, entry + 24);
    const auto name_size = number_at<std::uint16_t>(zip, entry + 28);
    const auto extra_size = number_at<std::uint16_t>(zip, entry + 30);
    const auto comment_size = number_at<std::uint16_t>(zip, entry + 32);
    const std::size_t local = number_at<std::uint32_t>(zip, entry + 42);
    const std::size_t data = local + 30 + number_at<std::uint16_t>(zip, local + 26) +
                             number_at<std::uint16_t>(zip, local + 28);
    members.emplace(piece(zip, entry + 46, name_size), piece(zip, data, size));
    entry += std::size_t{46} + name_size + extra_size + comment_size;
  }
  return members;
}

// ---- pickle

/// A value of the stack machine: a text (also a name of a class or function), a whole number, or a
/// list of values (tuples, dictionaries as key, value, key, value; a call as callee, arguments).
struct Value {
  enum class Kind { mark, text, number, list, call } kind = Kind::number;
  std::string text;
  std::int64_t number = 0;
  std::shared_ptr<std::vector<Value>> items;
};

Value text_value(std::string_view text) {
  return {Value::Kind::text, std::string(text), 0, nullptr};
}
Value number_value(std::int64_t number) { return {Value::Kind::number, {}, number, nullptr}; }
Value list_value(std::vector<Value> items, Value::Kind kind = Value::Kind::list) {
  return {kind, {}, 0, std::make_shared<std::vector<Value>>(std::move(items))};
}

class Unpickler {
 public:
  explicit Unpickler(std::string_view program) : program_(program) {}

  Value run() {
    while (step()) {
    }
    return pop();
  }

 private:
  bool step() {
    const char code = take(1)[0];
    switch (code) {
      case '.':
        return false;
      case '\x80':
        take(1);
        break;  // version
      case '(':
        stack_.push_back({Value::Kind::mark, {}, 0, nullptr});
        break;
      case ')':
      case ']':
      case '}':
        stack_.push_back(list_value({}));
        break;
      case 'N':
      case '\x89':
        stack_.push_back(number_value(0));
        break;
      case '\x88':
        stack_.push_back(number_value(1));
        break;
      case 'K':
        stack_.push_back(number_value(take_number<std::uint8_t>()));
        break;
      case 'M':
        stack_.push_back(number_value(take_number<std::uint16_t>()));
        break;
      case 'J':
        stack_.push_back(number_value(take_number<std::int32_t>()));
        break;
      case '\x8a':
        stack_.push_back(number_value(take_long()));
        break;
      case 'X':
        stack_.push_back(text_value(take(take_number<std::uint32_t>())));
        break;
      case 'c':
        stack_.push_back(take_global());
        break;
      case 't':
        stack_.push_back(list_value(pop_to_mark()));
        break;
      case '\x85':
      case '\x86':
      case '\x87':
        stack_.push_back(list_value(pop_some(code - '\x84')));
        break;
      case 'q':
        remember(take_number<std::uint8_t>());
        break;
      case 'r':
        remember(take_number<std::uint32_t>());
        break;
      case 'h':
        recall(take_number<std::uint8_t>());
        break;
      case 'j':
        recall(take_number<std::uint32_t>());
        break;
      case 'Q':
        break;  // a storage is named by its tuple, which is there already
      case 'R':
        call();
        break;
      case 'b':
        pop();
        break;  // attributes of the dictionary: versions, not tensors
      case 's':
        add_items(pop_some(2));
        break;
      case 'u':
        add_items(pop_to_mark());
        break;
      default:
        throw Unreadable("its description of the tensors says more than names and shapes");
    }
    return true;
  }

  std::string_view take(std::size_t length) {
    const std::string_view taken = piece(program_, at_, length);
    at_ += length;
    return taken;
  }
  template <typename Number>
  Number take_number() {
    return number_at<Number>(take(sizeof(Number)), 0);
  }
  std::int64_t take_long() {
    const std::string_view bytes = take(take_number<std::uint8_t>());
    std::uint64_t number = 0;
    if (bytes.size() > sizeof number) throw Unreadable("a number in it is too large");
    std::memcpy(&number, bytes.data(), bytes.size());
    return static_cast<std::int64_t>(number);
  }
  Value take_global() {
    const std::size_t module_end = program_.find('\n', at_);
    const std::size_t name_end =
        module_end == std::string_view::npos ? module_end : program_.find('\n', module_end + 1);
    if (name_end == std::string_view::npos) throw Unreadable("the file was cut short");
    std::string name(take(module_end - at_));
    take(1);
    name += '.';
    name += take(name_end - at_);
    take(1);
    return text_value(name);
  }

  Value pop() {
    if (stack_.empty()) throw Unreadable("its description of the tensors is damaged");
    Value top = std::move(stack_.back());
    stack_.pop_back();
    return top;
  }
  std::vector<Value> pop_some(int count) {
    std::vector<Value> items(static_cast<std::size_t>(count));
    for (auto item = items.rbegin(); item != items.rend(); ++item) *item = pop();
    return items;
  }
  std::vector<Value> pop_to_mark() {
    std::vector<Value> items;
    for (Value top = pop(); top.kind != Value::Kind::mark; top = pop())
      items.insert(items.begin(), std::move(top));
    return items;
  }
  void remember(std::uint32_t place) {
    if (stack_.empty()) throw Unreadable("its description of the tensors is damaged");
    memory_[place] = stack_.back();
  }
  void recall(std::uint32_t place) {
    if (!memory_.contains(place)) throw Unreadable("its description of the tensors is damaged");
    stack_.push_back(memory_[place]);
  }
  void call() {
    std::vector<Value> called = pop_some(2);
    const bool makes_dictionary = called[0].text == "collections.OrderedDict";
    stack_.push_back(makes_dictionary ? list_value({})
                                      : list_value(std::move(called), Value::Kind::call));
  }
  void add_items(std::vector<Value> items) {
    if (stack_.empty() || stack_.back().kind != Value::Kind::list)
      throw Unreadable("its description of the tensors is damaged");
    auto& dictionary = *stack_.back().items;  // shared: the one that was remembered grows as well
    std::move(items.begin(), items.end(), std::back_inserter(dictionary));
  }

  std::string_view program_;
  std::size_t at_ = 0;
  std::vector<Value> stack_;
  std::map<std::uint32_t, Value> memory_;
};

// ---- tensors

const Value& item(const Value& value, std::size_t index) {
  if (!value.items || index >= value.items->size())
    throw Unreadable("its description of a tensor is incomplete");
  return (*value.items)[index];
}

/// From (storage, offset, shape, strides, …); storage = ("storage", type, key, device, count).
Tensor tensor_of(const Value& described, const Members& members, const std::string& folder) {
  const auto member = members.find(folder + "data/" + item(item(described, 0), 2).text);
  if (member == members.end()) throw Unreadable("the values of a tensor are missing in it");
  Tensor tensor;
  std::int64_t count = 1;
  const Value& shape = item(described, 2);
  for (std::size_t axis = 0; shape.items && axis < shape.items->size(); ++axis) {
    const std::int64_t size = item(shape, axis).number;
    if (size < 0 || size > (std::int64_t{1} << 32) || count > (std::int64_t{1} << 32))
      throw Unreadable("a tensor in it has an impossible shape");
    tensor.shape.push_back(size);
    count *= size;
  }
  std::int64_t dense = 1;
  for (std::size_t axis = tensor.shape.size(); axis-- > 0; dense *= tensor.shape[axis])
    if (tensor.shape[axis] > 1 && item(item(described, 3), axis).number != dense)
      throw Unreadable("a tensor in it is not stored densely");
  const auto from = static_cast<std::size_t>(item(described, 1).number) * sizeof(float);
  const std::string_view bytes =
      piece(member->second, from, static_cast<std::size_t>(count) * sizeof(float));
  tensor.values.resize(static_cast<std::size_t>(count));
  std::memcpy(tensor.values.data(), bytes.data(), bytes.size());
  return tensor;
}

std::map<std::string, Tensor> tensors_of(std::string_view zip) {
  const Members members = members_of(zip);
  std::string folder;
  std::string_view program;
  for (const auto& [name, bytes] : members)
    if (const std::size_t at = name.rfind("data.pkl"); at != std::string::npos) {
      folder = name.substr(0, at);
      program = bytes;
    }
  if (program.empty()) throw Unreadable("this is not a PyTorch weights file");
  const Value dictionary = Unpickler(program).run();
  std::map<std::string, Tensor> tensors;
  for (std::size_t i = 0; dictionary.items && i + 1 < dictionary.items->size(); i += 2) {
    const Value& made = item(dictionary, i + 1);
    if (made.kind != Value::Kind::call || item(made, 0).text != "torch._utils._rebuild_tensor_v2")
      continue;
    if (item(item(item(made, 1), 0), 1).text != "torch.FloatStorage") continue;
    tensors.emplace(item(dictionary, i).text, tensor_of(item(made, 1), members, folder));
  }
  return tensors;
}

}  // namespace

std::map<std::string, Tensor> read_torch_weights(const std::string& path) {
  try {
    const std::string bytes = whole_file(path);
    return tensors_of(bytes);
  } catch (const Unreadable& why) {
    throw model_failure(path, why.what());
  }
}

}  // namespace dramatis
