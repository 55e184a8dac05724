#include "tests/world/play/words.hpp"

#include <algorithm>

#include <boost/describe/enum_to_string.hpp>
#include <fmt/format.h>

namespace world {
namespace {

std::string age_words(const core::PassageRecord& record) {
  const auto& standing = record.standing;
  if (standing.mode == core::Mode::online || !standing.data_as_of) return "";
  const auto age = std::chrono::duration_cast<std::chrono::seconds>(record.detected - *standing.data_as_of);
  return fmt::format(", on data {} s old", age.count());
}

}  // namespace

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

std::string passage_words(const Performance& performance, core::WallTime) {
  const std::string name =
      performance.truck.lane + "  " + performance.truck.plate + "  " + performance.truck.name;
  if (!performance.last) return name + ": " + performance.trouble;
  const core::PassageRecord& record = *performance.last;
  std::string text = fmt::format("{:<64} {}{}, {}", name, words_of(record), age_words(record),
                                 boost::describe::enum_to_string(record.ending, "?"));
  if (record.verdict_ms) text += fmt::format(" [verdict {} ms", *record.verdict_ms);
  if (record.reading_ms) text += fmt::format(", reading {} ms", *record.reading_ms);
  if (record.command_ms) text += fmt::format(", open command {} ms", *record.command_ms);
  return record.verdict_ms ? text + "]" : text;
}

std::string table_of(const std::vector<Performance>& day, bool judged) {
  std::string text = fmt::format("{:<44} {:<38} {:<38}\n", "truck", judged ? "expected" : "", "actual");
  for (const Performance& performance : day) {
    const auto found = judged ? differences(performance) : std::vector<std::string>{};
    text += fmt::format("{:<44} {:<38} {:<38} {}\n", performance.truck.name,
                        judged ? words_of(performance.truck.expected) : "",
                        performance.last ? words_of(*performance.last) : "no record",
                        !judged         ? ""
                        : found.empty() ? "ok"
                                        : "DIFFERS");
  }
  return text;
}

}  // namespace world
