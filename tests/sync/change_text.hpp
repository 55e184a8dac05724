// A change as it comes on the wire: the text of any JSON value, or of none.
#pragma once

#include <string>
#include <string_view>

#include <simdjson.h>

#include "sync/wire/changes.hpp"

namespace syncing_test {

inline syncing::ReadChange change_of(std::string_view text) {
  simdjson::dom::parser parser;
  simdjson::dom::element change;
  if (parser.parse(text).get(change) != simdjson::SUCCESS)
    return syncing::ParkedChange{.raw = std::string(text), .reason = "not JSON"};
  return syncing::read_change(change);
}

}  // namespace syncing_test
