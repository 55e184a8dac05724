// Failure is a value. Exceptions are for start-up and for bugs.
#pragma once

#include <string>
#include <utility>

#include <boost/describe/enum.hpp>
#include <tl/expected.hpp>

namespace core {

/// What kind of failure it is; what a caller may do about it follows from this alone.
enum class Fault {
  timeout,    // no answer in time: the other side may or may not have acted
  refused,    // the other side, or a rule of ours, said no
  corrupt,    // what came is not what it claims to be
  not_found,  // nothing there under this name
  malformed,  // the input breaks its grammar; `what` says where and what is allowed
  broken,     // a device, file or connection does not work now
};
BOOST_DESCRIBE_ENUM(Fault, timeout, refused, corrupt, not_found, malformed, broken)

struct Error {
  Fault fault;
  std::string what;  // for people: names what, where and what is allowed; never a secret
};

template <class T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(Fault fault, std::string what) {
  return tl::unexpected<Error>(Error{fault, std::move(what)});
}

}  // namespace core
