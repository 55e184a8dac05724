#include "tests/fault/trial.hpp"

#include <stdexcept>

#include "gate/core/plate.hpp"
#include "gate/core/verify.hpp"
#include "sync/store/database.hpp"
#include "tests/network/trucks.hpp"

namespace fault {
namespace {

namespace fs = std::filesystem;
using core::ClaimState;
using core::VisitState;
using syncing::ChangeKind;
using syncing::ChangeOp;

constexpr Kind kKinds[] = {Kind::free,           Kind::revoked,     Kind::blocked, Kind::dirty,
                           Kind::used_elsewhere, Kind::banned,      Kind::held,    Kind::claimed,
                           Kind::used,           Kind::used_lately, Kind::leaving};
constexpr const char* kNames[] = {"free", "revoked", "blocked", "dirty",       "used elsewhere", "banned",
                                  "held", "claimed", "used",    "used lately", "leaving"};

int number(Kind kind) { return static_cast<int>(kind) + 1; }
std::string right_of(Kind kind) { return network::right_of(number(kind)); }
std::string plate_of(Kind kind) { return core::normalise_plate(network::plate_of(number(kind))); }

std::string driver_of(int truck) { return "k1:driver-" + std::to_string(truck); }

core::Restriction restriction(core::RestrictionKind kind, core::RestrictionSubject subject,
                              std::string value) {
  return {.kind = kind, .reference = "of " + value, .subject = subject, .value = std::move(value)};
}

std::vector<syncing::Change> rows() {
  using core::RestrictionKind;
  using core::RestrictionSubject;
  auto records = network::records_of(static_cast<int>(std::size(kKinds)), syncing_test::at(0), driver_of);
  records.restrictions = {
      restriction(RestrictionKind::ban, RestrictionSubject::plate, plate_of(Kind::banned)),
      restriction(RestrictionKind::hold, RestrictionSubject::container, network::box_of(number(Kind::held)))};
  return world::changes_of(records);
}

std::vector<syncing::Change> since_the_snapshot() {
  return {syncing::change(ChangeKind::releaseRight, ChangeOp::revoke, right_of(Kind::revoked)),
          syncing::change(ChangeKind::releaseRight, ChangeOp::block, right_of(Kind::blocked)),
          syncing::change(ChangeKind::releaseRight, ChangeOp::dirty, right_of(Kind::dirty)),
          syncing::change(ChangeKind::use, ChangeOp::upsert, right_of(Kind::used_elsewhere))};
}

core::Evidence evidence_of(Kind kind, core::WallTime now) {
  core::Evidence evidence;
  evidence.first_detected = now;
  evidence.pictures = core::PicturesState::read;
  evidence.badge = core::BadgeEvidence{driver_of(number(kind)), now};
  evidence.plate = core::PlateEvidence{plate_of(kind), true, core::Source::read};
  if (kind != Kind::leaving) return evidence;
  evidence.direction = core::Direction::exit;
  evidence.containers = {{network::box_of(number(kind)), "22G1", true, true, core::Source::read}};
  return evidence;
}

core::Visit visit_of(Kind kind, const std::string& id, VisitState state) {
  core::Visit visit = syncing_test::visit(id, plate_of(kind), state);
  visit.tar = "T" + std::to_string(number(kind));
  visit.driver_id_hash = driver_of(number(kind));
  visit.haulier.eori = "BE0400000171";
  core::Job job;
  job.id = "J" + std::to_string(number(kind));
  job.kind = core::JobKind::pickup_import_full;
  job.equipment_number = network::box_of(number(kind));
  job.stay_number = "S-" + right_of(kind);
  job.release_id = right_of(kind);
  visit.jobs = {{job, true, right_of(kind)}};
  return visit;
}

void replace(const fs::path& to, const fs::path& from) {
  fs::remove_all(to);
  fs::copy(from, to, fs::copy_options::recursive);
}

}  // namespace

std::vector<Kind> all_kinds() { return {std::begin(kKinds), std::end(kKinds)}; }

Trial::Trial() : Dialogue(rows()) {
  between_starts = std::chrono::seconds(1);
  turn = std::chrono::seconds(2);
  undetected = true;  // whose numbers changed by a flipped bit, the platform refuses
  work();
  for (const Files files : {Files::stopped, Files::running}) {
    put_there(files);
    start();
    if (!decides_as_ever()) throw std::logic_error("a sound gate decides otherwise");
    stop();
  }
}

void Trial::start(const syncing::FileLayer& layer) {
  Dialogue::start(layer);
  appliance->head(stream.epoch(), stream.sequence());
}

/// Half of it before a stop, half after it, so that not all is in the logs.
void Trial::work() {
  start();
  talk(true, 2);
  const auto must = [](const core::Result<void>& done) {
    if (!done) throw std::logic_error(done.error().what);
  };
  for (const Kind kind : {Kind::claimed, Kind::used, Kind::leaving})
    must(write(kind, ClaimState::claimed, "V-" + right_of(kind)));
  must(write(Kind::used, ClaimState::used, "V-" + right_of(Kind::used)));
  see(12);
  talk(true, 1);
  stop();
  start();
  static_cast<void>(stream.append(since_the_snapshot()));
  must(write(Kind::used_lately, ClaimState::claimed, "V-" + right_of(Kind::used_lately)));
  must(write(Kind::used_lately, ClaimState::used, "V-" + right_of(Kind::used_lately)));
  talk(true, 2);
  see(4);
  replace(running_.path(), folder.path());
  book_ = book;
  stream_ = stream;
  stop();
  replace(stopped_.path(), folder.path());
}

void Trial::put_there(Files files) {
  appliance.reset();
  replace(folder.path(), files == Files::stopped ? stopped_.path() : running_.path());
  book = book_;
  stream = stream_;
  status.reset();
  receipts.clear();
  snapshot_wanted = false;
  later = std::chrono::minutes(2);
}

core::Result<void> Trial::write(Kind kind, ClaimState state, const std::string& visit) {
  const bool out = state == ClaimState::used;
  ports::JournalEntry entry;
  entry.passage = syncing_test::passage(out ? "X-" + visit : visit, core::Ending::passed);
  entry.passage->visit = visit;
  entry.visit = visit_of(kind, visit, out ? VisitState::left : VisitState::inside);
  core::GateEvent event =
      syncing_test::event(out ? core::EventKind::gate_out : core::EventKind::gate_in, visit);
  event.release_id = right_of(kind);
  entry.events = {event};
  entry.claims = {syncing_test::claim(right_of(kind), visit, state, network::box_of(number(kind)),
                                      "S-" + right_of(kind))};
  entry.case_json = "{\"visit\":\"" + visit + "\"}";
  return appliance->commit(std::move(entry));
}

/// Trucks that turn away at once.
void Trial::see(int trucks) {
  for (int i = 0; i < trucks; ++i) {
    ports::JournalEntry entry;
    entry.passage = syncing_test::passage("P" + std::to_string(++seen_), core::Ending::passed);
    entry.events = {syncing_test::event(core::EventKind::truck_detected, "seen " + std::to_string(seen_))};
    if (!appliance->commit(std::move(entry))) throw std::logic_error("a sound journal was not written");
  }
}

core::Decision Trial::decide(Kind kind) {
  const core::Moment now = appliance->clock.now();
  const core::Evidence evidence = evidence_of(kind, now.wall);
  const auto dossier = (**appliance).gather(evidence);
  if (!dossier) return core::Decision::refer;
  return core::verify(evidence, *dossier, core::Policy{}, (**appliance).standing(now), now).decision;
}

std::vector<std::string> Trial::wrongly_granted(const std::string& when) {
  std::vector<std::string> granted;
  for (const Kind kind : kKinds)
    if (!may(kind) && decide(kind) == core::Decision::grant)
      granted.push_back(when + ": " + kNames[static_cast<int>(kind)] + " was granted");
  return granted;
}

bool Trial::decides_as_ever(Kind passed) {
  bool as_ever = mode() == core::Mode::online;
  for (const Kind kind : kKinds) {
    const bool granted = decide(kind) == core::Decision::grant;
    as_ever = granted == (may(kind) && kind != passed) && as_ever;
  }
  return as_ever;
}

core::Result<void> Trial::let_pass(Kind kind) {
  return write(kind, kind == Kind::leaving ? ClaimState::used : ClaimState::claimed, "V-" + right_of(kind));
}

/// Where nobody knows of any damage, the journal itself refuses; where it is known, people decide.
std::vector<std::string> Trial::taken_twice() {
  std::vector<std::string> twice;
  for (const Kind kind : {Kind::claimed, Kind::used, Kind::used_lately})
    if (write(kind, ClaimState::claimed, "another") && mode() != core::Mode::restricted)
      twice.push_back("the right of " + std::string(kNames[static_cast<int>(kind)]) + " was taken twice");
  return twice;
}

void Trial::go_on() { static_cast<void>(stream.append(since_the_snapshot())); }

void Trial::begin_next_epoch() {
  stream.begin(stream.epoch() + 1, rows());
  go_on();
}

/// Another connection changes a page and changes it back: nobody believes what it remembers after that.
void Trial::forget_pages() const {
  const auto stir = [this](const char* file, const syncing::Schema& schema, const std::string& table) {
    const auto other = syncing::open_writer(folder / file, schema).value();
    for (const char* by : {"+ 1", "- 1"})
      other->run(("UPDATE " + table + " SET epoch = epoch " + by).c_str());
  };
  stir("journal.db", syncing::journal_schema, "floor");
  stir("replica.db", syncing::replica_schema, "stand");
}

}  // namespace fault
