#include "tests/fault/oracle.hpp"

#include <algorithm>
#include <set>

#include <boost/describe/enum_to_string.hpp>
#include <nlohmann/json.hpp>

#include "gate/audit/hash.hpp"
#include "gate/bytes/bytes.hpp"

namespace fault {
namespace {

using syncing::Connection;
using Wrong = std::vector<std::string>;

std::string text(SQLite::Statement& row, int column) { return row.getColumn(column).getString(); }

std::string words(const syncing::Position& position) {
  return std::to_string(position.epoch) + ":" + std::to_string(position.sequence);
}

template <class Enum>
std::string name_of(Enum value) {
  return boost::describe::enum_to_string(value, "?");
}

/// What one entry of the journal left in several tables.
struct Traces {
  std::map<std::int64_t, Said> events{};           // by number, from the outbox
  std::map<std::int64_t, Said> audited{};          // the same, from the leaves
  std::set<std::string> cases{}, audited_cases{};  // their digests
  std::map<std::string, int> interruptions{};      // alarms, by passage
};

void look_at_outbox(Connection& journal, const Story& story, Traces& traces, Wrong& wrong) {
  journal.each("SELECT number, ulid, event, state FROM outbox ORDER BY number", [&](SQLite::Statement& row) {
    const std::int64_t number = row.getColumn(0).getInt64();
    const auto event = nlohmann::json::parse(text(row, 2));
    const Said said{.ulid = text(row, 1), .text = event.value("text", "")};
    if (number != static_cast<std::int64_t>(traces.events.size()) + 1)
      wrong.push_back("a hole before event " + std::to_string(number));
    traces.events.emplace(number, said);
    if (said.text.starts_with("passage interrupted")) ++traces.interruptions[event.value("passage", "")];
    const bool pending = text(row, 3) == "pending";
    if (pending ? number <= story.taken() : number > story.taking())
      wrong.push_back("event " + std::to_string(number) + " is " + text(row, 3));
  });
  for (const auto& [number, said] : story.said())
    if (const auto found = traces.events.find(number); found == traces.events.end() || found->second != said)
      wrong.push_back("event " + std::to_string(number) + " was seen and is gone, or means something else");
}

void look_at_cases(Connection& journal, const Book& book, Traces& traces, Wrong& wrong) {
  std::vector<std::string> bodies;
  journal.each("SELECT sha256, body FROM cases ORDER BY number", [&](SQLite::Statement& row) {
    bodies.push_back(text(row, 1));
    traces.cases.insert(text(row, 0));
    if (bytes::to_hex(bytes::sha256(text(row, 1))) != text(row, 0)) wrong.emplace_back("a case was changed");
  });
  if (bodies != book.cases) wrong.emplace_back("cases differ");
}

void look_at_leaves(Connection& journal, Traces& traces, Wrong& wrong) {
  std::int64_t count = 0;
  journal.each("SELECT number, salt, record, hash FROM leaves ORDER BY number", [&](SQLite::Statement& row) {
    if (row.getColumn(0).getInt64() != ++count) wrong.emplace_back("a hole among the leaves");
    const std::string record = text(row, 2);
    const audit::Hash hash = audit::leaf_hash(audit::commitment(text(row, 1), record));
    if (text(row, 3) != std::string(hash.begin(), hash.end())) wrong.emplace_back("a leaf's hash is wrong");
    const auto json = nlohmann::json::parse(record);
    for (const auto& one : json.value("events", nlohmann::json::array()))
      traces.audited.emplace(one["number"].get<std::int64_t>(),
                             Said{.ulid = one["ulid"], .text = one["event"].value("text", "")});
    for (const char* name : {"case_sha256", "caseSha256"})
      if (json.contains(name) && json[name].is_string()) traces.audited_cases.insert(json[name]);
  });
}

template <class Map>
void look_at_states(Connection& journal, const char* sql, const Map& expected, Wrong& wrong) {
  std::map<std::string, std::string> states, ought;
  journal.each(sql, [&states](SQLite::Statement& row) { states[text(row, 0)] = text(row, 1); });
  for (const auto& [id, state] : expected) ought[id] = name_of(state);
  if (states != ought) wrong.push_back(std::string("not as expected: ") + sql);
}

void look_at_claims(Connection& journal, const Book& book, Wrong& wrong) {
  std::map<std::pair<std::string, std::string>, std::string> claims, ought;
  std::set<std::string> holders;
  journal.each("SELECT release_id, visit, state FROM claims", [&](SQLite::Statement& row) {
    claims[{text(row, 0), text(row, 1)}] = text(row, 2);
    if (text(row, 2) != "released" && !holders.insert(text(row, 0)).second)
      wrong.push_back("right " + text(row, 0) + " is held twice");
  });
  for (const auto& [names, state] : book.claims) ought[names] = name_of(state);
  if (claims != ought) wrong.emplace_back("claims differ");
}

Wrong wrong_in(Connection& journal, const Story& story, Book book) {
  book.interrupt();
  Wrong wrong;
  Traces traces;
  look_at_outbox(journal, story, traces, wrong);
  look_at_cases(journal, book, traces, wrong);
  look_at_leaves(journal, traces, wrong);
  look_at_claims(journal, book, wrong);
  look_at_states(journal, "SELECT id, ending FROM passages", book.passages, wrong);
  look_at_states(journal, "SELECT id, state FROM visits", book.visits, wrong);
  if (traces.events != traces.audited) wrong.emplace_back("outbox and audit leaves tell of different events");
  if (traces.cases != traces.audited_cases) wrong.emplace_back("cases and audit leaves differ");
  std::vector<std::string> steps;
  for (const auto& [number, said] : traces.events)
    if (said.text.starts_with("step ")) steps.push_back(said.text);
  if (steps != book.events) wrong.emplace_back("events differ");
  std::map<std::string, int> interruptions;
  for (const auto& [id, ending] : book.passages)
    if (ending == core::Ending::interrupted) interruptions[id] = 1;
  if (traces.interruptions != interruptions) wrong.emplace_back("interruptions were not told once each");
  return wrong;
}

void look_at_replica(Connection& replica, const Story& story, const syncing::RowKey& key, Finding& finding) {
  replica.each("SELECT epoch, sequence FROM stand", [&finding](SQLite::Statement& row) {
    finding.replica = {row.getColumn(0).getInt64(), row.getColumn(1).getInt64()};
  });
  const auto contents = story.contents();
  const auto content = contents.find(finding.replica);
  if (content == contents.end()) {
    finding.wrong.push_back("the replica stands at " + words(finding.replica) + ", where nothing ever stood");
    return;
  }
  for (const auto& difference : content->second.differences(replica, key))
    finding.wrong.push_back("at " + words(finding.replica) + " " + difference);
  if (finding.replica < story.position())
    finding.wrong.push_back("the replica fell back from " + words(story.position()) + " to " +
                            words(finding.replica));
}

}  // namespace

Finding judge(const Story& story, const std::filesystem::path& folder, const syncing::FileLayer& layer) {
  Finding finding;
  const auto journal = syncing::open_reader(folder / "journal.db", layer).value();
  const auto replica = syncing::open_reader(folder / "replica.db", layer).value();
  syncing::RowKey key;
  journal->each("SELECT row_key FROM identity", [&key](SQLite::Statement& row) {
    const std::string bytes = text(row, 0);
    key.assign(bytes.begin(), bytes.end());
  });
  look_at_replica(*replica, story, key, finding);
  Wrong without = wrong_in(*journal, story, story.book());
  Wrong with = wrong_in(*journal, story, story.book_with_doubt());
  const bool of_the_stream = story.doubt() && !story.doubt()->changes.empty();
  finding.with_doubt = of_the_stream ? finding.replica == story.position_after(*story.doubt())
                                     : story.doubt() && !without.empty() && with.empty();
  const Wrong& best = with.size() < without.size() ? with : without;
  finding.wrong.insert(finding.wrong.end(), best.begin(), best.end());
  journal->each("SELECT epoch, sequence FROM floor", [&finding](SQLite::Statement& row) {
    finding.floor = {row.getColumn(0).getInt64(), row.getColumn(1).getInt64()};
  });
  if (finding.floor < story.floor()) finding.wrong.push_back("the floor sank to " + words(finding.floor));
  if (finding.floor < finding.replica)
    finding.wrong.push_back("the floor " + words(finding.floor) + " did not follow the replica to " +
                            words(finding.replica));
  if (finding.floor > finding.replica)
    finding.wrong.push_back("the floor " + words(finding.floor) + " is above the replica at " +
                            words(finding.replica));
  return finding;
}

}  // namespace fault
