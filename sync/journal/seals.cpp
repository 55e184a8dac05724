#include "sync/journal/seals.hpp"

#include <algorithm>
#include <utility>

#include <boost/describe/enum_to_string.hpp>

#include "gate/canon/canon.hpp"
#include "sync/journal/rows.hpp"

namespace syncing {
namespace {

constexpr int kClaimSeal = 9, kVisitSeal = 5;  // the columns of kSealedClaim and kSealedVisit that hold it

std::string_view presence(const SQLite::Column& column) { return column.isNull() ? "-" : "+"; }

template <class Enum>
std::string name_of(Enum value) {
  return boost::describe::enum_to_string(value, "");
}

// The same seal from a row as it is stored and from what is to be written there.

std::vector<unsigned char> seal_of_claim(const RowKey& key, SQLite::Statement& row) {
  const std::string_view stay = presence(row.getColumn(2));
  const auto text = [&row](int column) { return bytes_of(row.getColumn(column)); };
  return seal_row(
      key, {"claim", text(0), text(1), stay, text(2), text(3), text(4), text(5), text(6), text(7), text(8)});
}

std::vector<unsigned char> seal_of_claim(const RowKey& key, const core::Claim& claim, const std::string& mode,
                                         bool reconciled) {
  const std::string state = name_of(claim.state);
  const std::string since = std::to_string(claim.since.time_since_epoch().count());
  return seal_row(key, {"claim", claim.release_id, claim.equipment_number, claim.stay_number ? "+" : "-",
                        claim.stay_number ? std::string_view(*claim.stay_number) : "", claim.visit, claim.job,
                        state, since, mode, reconciled ? "1" : "0"});
}

std::vector<unsigned char> seal_of_visit(const RowKey& key, SQLite::Statement& row) {
  const std::string_view driver = presence(row.getColumn(3));
  const auto text = [&row](int column) { return bytes_of(row.getColumn(column)); };
  return seal_row(key, {"visit", text(0), text(1), text(2), driver, text(3), text(4)});
}

std::vector<unsigned char> seal_of_visit(const RowKey& key, const core::Visit& visit,
                                         const std::string& body) {
  const std::string state = name_of(visit.state);
  return seal_row(key, {"visit", visit.id, state, visit.plate, visit.driver_id_hash ? "+" : "-",
                        visit.driver_id_hash ? std::string_view(*visit.driver_id_hash) : "", body});
}

std::vector<unsigned char> stored(SQLite::Statement& row, int column) {
  const std::string_view bytes = bytes_of(row.getColumn(column));
  return {bytes.begin(), bytes.end()};
}

bool is_held(const core::Claim& claim) { return claim.state != core::ClaimState::released; }

bool is_open(std::string_view state) {
  return state == "admitted" || state == "inside" || state == "interrupted";
}

/// As far as its names go.
core::Visit visit_of(SQLite::Statement& row) {
  core::Visit visit;
  visit.id = row.getColumn(0).getString();
  visit.plate = row.getColumn(2).getString();
  visit.driver_id_hash = text_or_null(row.getColumn(3));
  return visit;
}

const std::string kThisClaim =
    std::string("SELECT ") + kSealedClaim + " FROM claims WHERE release_id = ? AND visit = ?";
const std::string kThisVisit = std::string("SELECT ") + kSealedVisit + " FROM visits WHERE id = ?";
const std::string kHeldClaims =
    std::string("SELECT ") + kSealedClaim + " FROM claims WHERE state <> 'released'";
const std::string kOpenVisits = std::string("SELECT ") + kSealedVisit +
                                " FROM visits WHERE state IN ('admitted', 'inside', 'interrupted')";

}  // namespace

bool claim_is_sound(const RowKey& key, SQLite::Statement& row) {
  return stored(row, kClaimSeal) == seal_of_claim(key, row);
}

bool visit_is_sound(const RowKey& key, SQLite::Statement& row) {
  return stored(row, kVisitSeal) == seal_of_visit(key, row);
}

void Seals::load(Connection& journal) {
  std::vector<unsigned char> held;
  journal.each("SELECT held FROM seals", [&held](SQLite::Statement& row) { held = stored(row, 0); });
  // Only what nothing was ever written to has no seal yet.
  const bool sealed = !held.empty() || journal.number("SELECT EXISTS (SELECT 1 FROM leaves)") != 0;
  floor_ = settled_floor_ = read_floor(journal);
  bool sound = true;
  journal.each(kHeldClaims.c_str(), [this, &sound](SQLite::Statement& row) {
    const auto seal = seal_of_claim(holdings_.key(), row);
    sound = stored(row, kClaimSeal) == seal && sound;
    tally_.toggle(seal);
    holdings_.hold(claim_of(row));
  });
  journal.each(kOpenVisits.c_str(), [this, &sound](SQLite::Statement& row) {
    const auto seal = seal_of_visit(holdings_.key(), row);
    sound = stored(row, kVisitSeal) == seal && sound;
    tally_.toggle(seal);
    holdings_.hold(visit_of(row));
  });
  settled_tally_ = tally_;
  if (!sealed) journal.run("UPDATE seals SET held = ?", over_all());
  if (!sound || (sealed && held != over_all()))
    holdings_.damaged("the claims, open visits or floor of the journal are not what was written");
}

std::vector<unsigned char> Seals::over_all() const {
  const std::string epoch = std::to_string(floor_.position.epoch);
  const std::string sequence = std::to_string(floor_.position.sequence);
  const std::string tally(tally_.bytes()), vouched = floor_.text();
  if (!vouched.empty())
    return seal_row(holdings_.key(),
                    {"held", name_.journal_id, epoch, sequence, tally, name_.lineage, vouched});
  if (name_.lineage.empty())
    return seal_row(holdings_.key(), {"held", name_.journal_id, epoch, sequence, tally});
  return seal_row(holdings_.key(), {"held", name_.journal_id, epoch, sequence, tally, name_.lineage});
}

void Seals::take(const Row& row, bool held) {
  std::visit([this, held](const auto& one) { held ? holdings_.hold(one) : holdings_.drop(one); }, row);
  taken_.emplace_back(row, held);
}

/// The held claim of this right and visit. Where the names do not know the right, there is none.
std::optional<Seals::ClaimRow> Seals::find(Connection& journal, const core::Claim& claim) {
  std::optional<ClaimRow> found;
  if (!holdings_.holds_right(claim.release_id)) return found;
  journal.each(
      kThisClaim.c_str(),
      [this, &found](SQLite::Statement& row) {
        if (!claim_is_sound(holdings_.key(), row))
          holdings_.damaged("a claim of the journal is not what was written");
        found = {claim_of(row), row.getColumn(7).getString(), row.getColumn(8).getInt() != 0};
      },
      claim.release_id, claim.visit);
  if (found && !is_held(found->claim)) found.reset();
  return found;
}

void Seals::take_out(const ClaimRow& row) {
  tally_.toggle(seal_of_claim(holdings_.key(), row.claim, row.mode, row.reconciled));
  take(row.claim, false);
}

void Seals::write(Connection& journal, const ClaimRow& row) {
  changed_ = true;
  const auto seal = seal_of_claim(holdings_.key(), row.claim, row.mode, row.reconciled);
  put_claim(journal, row.claim, row.mode, row.reconciled, seal);
  if (!is_held(row.claim)) return;
  tally_.toggle(seal);
  take(row.claim, true);
}

core::Result<void> Seals::put(Connection& journal, const core::Claim& claim, core::Mode mode) {
  const auto before = find(journal, claim);
  if (before && before->claim.state == core::ClaimState::used) {
    if (claim.state == core::ClaimState::used) return {};
    return core::fail(core::Fault::refused, "the right was used by this visit: a used claim never changes");
  }
  if (before) take_out(*before);
  // The database refuses a second holder that it knows of. One that it no longer knows of holds all the same,
  // until the damage is known: from then on people decide.
  const bool held = is_held(claim) &&
                    (holdings_.holds_right(claim.release_id) ||
                     (claim.stay_number && holdings_.holds_stay(claim.equipment_number, *claim.stay_number)));
  const bool missing = held && holdings_.sound();
  // A claim taken anew, after it was released, is granted on the data of now.
  write(journal, before ? ClaimRow{claim, before->mode, before->reconciled}
                        : ClaimRow{claim, name_of(mode), mode == core::Mode::online});
  if (!missing) return {};
  holdings_.damaged("a claim is gone from the journal");
  return core::fail(core::Fault::refused, "another visit's claim on this right is gone from the journal");
}

void Seals::mark_reconciled(Connection& journal, const core::Claim& claim) {
  auto row = find(journal, claim);
  if (!row) {  // released meanwhile: nothing that anybody asks for
    journal.run("UPDATE claims SET reconciled = 1 WHERE release_id = ? AND visit = ?", claim.release_id,
                claim.visit);
    return;
  }
  take_out(*row);
  row->reconciled = true;
  write(journal, *row);
}

void Seals::take_out_visit(Connection& journal, const std::string& id) {
  if (!holdings_.holds_visit(id)) return;
  journal.each(
      kThisVisit.c_str(),
      [this](SQLite::Statement& row) {
        if (!visit_is_sound(holdings_.key(), row))
          holdings_.damaged("a visit of the journal is not what was written");
        tally_.toggle(seal_of_visit(holdings_.key(), row));
        take(visit_of(row), false);
      },
      id);
}

void Seals::put(Connection& journal, const core::Visit& visit) {
  changed_ = true;
  take_out_visit(journal, visit.id);
  const std::string body = canon::write(visit);
  const auto seal = seal_of_visit(holdings_.key(), visit, body);
  put_visit(journal, visit, body, seal);
  if (!is_open(name_of(visit.state))) return;
  tally_.toggle(seal);
  take(visit, true);
}

void Seals::move_floor(Floor floor) {
  changed_ = true;
  floor_ = std::move(floor);
}

void Seals::rename(std::string journal_id, std::string lineage) {
  changed_ = true;
  name_ = {std::move(journal_id), std::move(lineage)};
}

void Seals::close(Connection& journal) {
  if (changed_ && holdings_.sound()) journal.run("UPDATE seals SET held = ?", over_all());
}

void Seals::settled() {
  settled_tally_ = tally_;
  settled_floor_ = floor_;
  settled_name_ = name_;
  taken_.clear();
  changed_ = false;
}

void Seals::undone() {
  for (; !taken_.empty(); taken_.pop_back()) {
    const auto& [row, held] = taken_.back();
    std::visit([this, was = held](const auto& one) { was ? holdings_.drop(one) : holdings_.hold(one); }, row);
  }
  tally_ = settled_tally_;
  floor_ = settled_floor_;
  name_ = settled_name_;
  changed_ = false;
}

}  // namespace syncing
