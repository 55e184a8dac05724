#include <algorithm>
#include <fstream>
#include <iostream>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "gate/canon/json.hpp"
#include "gate/casefile/case.hpp"
#include "gate/core/gate_event.hpp"
#include "gate/ctl/commands.hpp"

namespace ctl {
namespace {

using nlohmann::json;

constexpr std::size_t largest_case = 16 * 1024 * 1024;

std::optional<std::string> slurp(std::istream& in) {
  std::string text;
  for (char c = 0; text.size() <= largest_case && in.get(c);) text += c;
  if (text.size() > largest_case) return std::nullopt;
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

core::Result<std::string> read_text(const std::filesystem::path& file) {
  std::optional<std::string> text;
  if (file == "-") {
    text = slurp(std::cin);
  } else {
    std::ifstream in(file, std::ios::binary);
    std::error_code error;
    if (!in.is_open() || std::filesystem::is_directory(file, error)) {
      return core::fail(core::Fault::not_found,
                        file.string() + ": cannot be read, allowed: a file with a case");
    }
    text = slurp(in);
  }
  if (!text) return core::fail(core::Fault::malformed, file.string() + ": too large, allowed: up to 16 MiB");
  return *text;
}

core::Result<json> explained(std::string_view case_text) {
  const auto the_case = casefile::read(case_text);
  if (!the_case) return tl::unexpected(the_case.error());
  return canon::parse_strict(casefile::explain(*the_case));
}

/// Whose decision is on record: the gate's own where it could not write (record_failed, which no rule
/// gives), people's where they overruled, else the rules'.
std::string decided_by(const core::PassageRecord& record, bool own_trouble) {
  if (!record.operators.empty()) return "people";
  return own_trouble ? "gate" : "rules";
}

/// Whether the verdict made again is the one on record: the reasons always, the decision where it is the
/// rules' own.
json compare(const json& verdict, const core::PassageRecord& record) {
  json recorded = {{"reasons", canon::to_json(record.reasons)}, {"operators", record.operators}};
  if (record.decision) recorded["decision"] = canon::to_json(*record.decision);
  std::vector<core::Reason> reasons = record.reasons;
  const std::string by = decided_by(record, std::erase(reasons, core::Reason::record_failed) > 0);
  const bool same_decision = record.decision && verdict["decision"] == recorded["decision"];
  const bool agrees = verdict["reasons"] == canon::to_json(reasons) && (same_decision || by != "rules");
  return {{"recorded", recorded}, {"decidedBy", by}, {"agrees", agrees}};
}

struct Recorded {
  core::PassageRecord passage;
  json cases;
};

core::Result<Recorded> fetch(const Client& client, const std::string& id) {
  const auto passage_text = client.get("/api/passages/" + id);
  if (!passage_text) return tl::unexpected(passage_text.error());
  auto passage = canon::read<core::PassageRecord>(*passage_text, canon::Reading::foreign);
  if (!passage) return tl::unexpected(passage.error());
  const auto cases_text = client.get("/api/passages/" + id + "/cases");
  if (!cases_text) return tl::unexpected(cases_text.error());
  auto cases = canon::parse_strict(*cases_text);
  if (!cases) return tl::unexpected(cases.error());
  if (!cases->is_array()) return core::fail(core::Fault::malformed, "the daemon's cases are no list");
  return Recorded{std::move(*passage), std::move(*cases)};
}

/// Letters and digits only: what goes into a path of the API.
bool is_id(const std::string& id) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  };
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), plain);
}

}  // namespace

int explain_case_command(const std::filesystem::path& file, Streams streams) {
  const auto text = read_text(file);
  if (!text) return streams.err << text.error().what << "\n", 1;
  const auto answer = explained(*text);
  if (!answer) return streams.err << file.string() << ": " << answer.error().what << "\n", 1;
  streams.out << answer->dump(2) << "\n";
  return 0;
}

int explain_passage_command(const Client& client, const std::string& id, Streams streams) {
  if (!is_id(id)) return streams.err << "passage: not an id, allowed: letters and digits\n", 1;
  const auto recorded = fetch(client, id);
  if (!recorded) return streams.err << "passage " << id << ": " << recorded.error().what << "\n", 1;
  if (recorded->cases.empty()) {
    return streams.err << "passage " << id << ": no case is recorded, nothing was decided\n", 1;
  }
  json answer = {{"passage", id}, {"cases", json::array()}};
  for (const json& one : recorded->cases) {
    const auto again = explained(one.dump());
    if (!again) return streams.err << "passage " << id << ": " << again.error().what << "\n", 1;
    answer["cases"].push_back(*again);
  }
  answer.update(compare(answer["cases"].back()["verdict"], recorded->passage));
  streams.out << answer.dump(2) << "\n";
  if (answer["agrees"] == true) return 0;
  streams.err << "passage " << id << ": the last case does not come out as it was recorded\n";
  return 1;
}

}  // namespace ctl
