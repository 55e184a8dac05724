#include "sync/journal/rows.hpp"

#include <algorithm>

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <sodium.h>

#include "gate/bytes/bytes.hpp"
#include "gate/canon/canon.hpp"
#include "sync/wire/ulid.hpp"

namespace syncing {
namespace {

template <class Enum>
const char* name_of(Enum value) {
  return boost::describe::enum_to_string(value, "");
}

}  // namespace

void put_passage(Connection& journal, const core::PassageRecord& passage) {
  journal.run(
      "INSERT INTO passages (id, ending, body) VALUES (?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET ending = excluded.ending, body = excluded.body",
      passage.id, name_of(passage.ending), canon::write(passage));
}

void put_visit(Connection& journal, const core::Visit& visit, const std::string& body,
               const std::vector<unsigned char>& seal) {
  journal.run(
      "INSERT INTO visits (id, state, plate, driver_id_hash, body, seal) VALUES (?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET state = excluded.state, plate = excluded.plate, "
      "driver_id_hash = excluded.driver_id_hash, body = excluded.body, seal = excluded.seal",
      visit.id, name_of(visit.state), visit.plate, visit.driver_id_hash, body, seal);
}

void put_claim(Connection& journal, const core::Claim& claim, const std::string& mode, bool reconciled,
               const std::vector<unsigned char>& seal) {
  journal.run(
      "INSERT INTO claims (release_id, visit, job, equipment_number, stay_number, state, since, mode, "
      "reconciled, seal) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (release_id, visit) DO UPDATE SET "
      "job = excluded.job, equipment_number = excluded.equipment_number, stay_number = excluded.stay_number, "
      "state = excluded.state, since = excluded.since, mode = excluded.mode, "
      "reconciled = excluded.reconciled, seal = excluded.seal",
      claim.release_id, claim.visit, claim.job, claim.equipment_number, claim.stay_number,
      name_of(claim.state), claim.since, mode, reconciled, seal);
}

std::string put_case(Connection& journal, const std::string& passage, const std::string& case_json) {
  std::string digest = bytes::to_hex(bytes::sha256(case_json));
  journal.run("INSERT INTO cases (passage, sha256, body) VALUES (?, ?, ?)", passage, digest, case_json);
  return digest;
}

std::vector<NumberedEvent> put_events(Connection& journal, std::int64_t before,
                                      const std::vector<core::GateEvent>& events) {
  std::vector<NumberedEvent> numbered;
  if (events.empty()) return numbered;
  std::int64_t row = std::max(before, journal.number("SELECT max(number) FROM outbox"));
  for (const auto& event : events) {
    numbered.push_back({.number = ++row - before, .ulid = make_ulid(event.at), .event = event});
    journal.run("INSERT INTO outbox (number, ulid, event, state) VALUES (?, ?, ?, 'pending')", row,
                numbered.back().ulid, canon::write(event));
  }
  return numbered;
}

audit::Hash put_leaf(Connection& journal, std::int64_t before, const LeafRecord& record, core::WallTime at) {
  std::vector<unsigned char> salt(16);
  randombytes_buf(salt.data(), salt.size());
  const std::string text = canon::write(record);
  const audit::Hash hash = audit::leaf_hash(audit::commitment(bytes::view(salt), text));
  journal.run(
      "INSERT INTO leaves (number, at, salt, record, hash) "
      "SELECT max(coalesce(max(number), 0), ?) + 1, ?, ?, ?, ? FROM leaves",
      before, at, salt, text, std::vector<unsigned char>(hash.begin(), hash.end()));
  return hash;
}

core::Claim claim_of(SQLite::Statement& row) {
  core::Claim claim;
  claim.release_id = row.getColumn(0).getString();
  claim.equipment_number = row.getColumn(1).getString();
  claim.stay_number = text_or_null(row.getColumn(2));
  claim.visit = row.getColumn(3).getString();
  claim.job = row.getColumn(4).getString();
  // What cannot be read holds the right and lets nobody pass.
  if (!boost::describe::enum_from_string(row.getColumn(5).getText(), claim.state))
    claim.state = core::ClaimState::interrupted;
  claim.since = core::WallTime(core::Milliseconds(row.getColumn(6).getInt64()));
  return claim;
}

}  // namespace syncing
