#include "tests/world/play/words.hpp"

#include <fmt/format.h>

#include "gate/ctl/passage_line.hpp"

namespace world {

std::string words_of(const RightChange& change) {
  switch (change.op) {
    case RightOp::upsert:
      return "right " + change.right.release_id + " changed";
    case RightOp::dirty:
      return "right " + change.right.release_id + " changed, the data come later";
    case RightOp::revoke:
      return "right " + change.right.release_id + " revoked";
    case RightOp::block:
      return "right " + change.right.release_id + " blocked";
    case RightOp::unblock:
      return "right " + change.right.release_id + " unblocked";
    case RightOp::remove:
      return "right " + change.right.release_id + " deleted";
  }
  return "";
}

std::string passage_words(const Performance& performance, bool as_expected) {
  const char* mark = as_expected ? "ok" : "!!";
  const std::string& name = performance.truck.name;
  if (!performance.last) return fmt::format("{}  {}  {}: no record", mark, performance.truck.lane, name);
  const char* corrected = performance.corrections > 0 ? ", read corrected" : "";
  return fmt::format("{}  {}  ({}{})", mark, ctl::passage_line(*performance.last), name, corrected);
}

std::string passage_columns() { return "    " + ctl::passage_header(); }

std::string table_of(const std::vector<Performance>& day, bool judged) {
  std::string text = fmt::format("{:<44} {:<38} {:<38}\n", "truck", judged ? "expected" : "", "actual");
  for (const Performance& performance : day) {
    const auto found = judged ? differences(performance) : std::vector<std::string>{};
    text += fmt::format("{:<44} {:<38} {:<38} {}\n", performance.truck.name,
                        judged ? words_of(performance.truck.expected) : "",
                        performance.last ? words_of(*performance.last) : "no record",
                        !judged                       ? ""
                        : !found.empty()              ? "DIFFERS"
                        : performance.corrections > 0 ? "ok, read corrected"
                                                      : "ok");
  }
  return text;
}

}  // namespace world
