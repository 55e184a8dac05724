#include "tests/console/house.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace console_test {
namespace {

constexpr core::WallTime morning{std::chrono::milliseconds(1'795'000'000'000)};  // 2026-11-18T11:06:40Z

std::filesystem::path make_folder() {
  std::string name = (std::filesystem::temp_directory_path() / "console-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) std::abort();
  return name;
}

}  // namespace

core::Moment Clock::now() const {
  const core::Milliseconds passed(passed_.load());
  return {morning + passed, core::SteadyTime(passed), true};
}

asio::awaitable<void> Clock::until(core::SteadyTime) { co_return; }

core::Result<std::vector<core::PassageRecord>> Ledger::passages(int limit, const std::string& before) {
  const std::lock_guard lock(mutex_);
  std::vector<core::PassageRecord> found;
  for (auto record = records_.rbegin(); record != records_.rend(); ++record) {
    if (!before.empty() && record->id >= before) continue;
    if (static_cast<int>(found.size()) < limit) found.push_back(*record);
  }
  return found;
}

core::Result<core::PassageRecord> Ledger::passage(const std::string& id) {
  const std::lock_guard lock(mutex_);
  for (const core::PassageRecord& record : records_) {
    if (record.id == id) return record;
  }
  return core::fail(core::Fault::not_found, "no passage " + id);
}

core::Result<std::vector<std::string>> Ledger::cases(const std::string& id) {
  if (const auto found = passage(id); !found) return tl::unexpected(found.error());
  return std::vector<std::string>{R"({"confidential":1})", R"({"confidential":2})"};
}

core::Result<std::string> Ledger::picture(const std::string& sha256) {
  const std::lock_guard lock(mutex_);
  const auto found = pictures_.find(sha256);
  if (found == pictures_.end()) return core::fail(core::Fault::not_found, "no picture " + sha256);
  return found->second;
}

core::Result<std::vector<audit::Leaf>> Ledger::leaves(const std::string& journal, std::int64_t after,
                                                      int limit) {
  if (!journal.empty()) return core::fail(core::Fault::not_found, "no log of such a journal is here");
  std::vector<audit::Leaf> found;
  for (std::int64_t number = after + 1; number <= 5 && static_cast<int>(found.size()) < limit; ++number)
    found.push_back({.number = number, .at = {}, .hash = {}, .salt = "00", .record = "{}", .erased = {}});
  return found;
}

core::Result<audit::LogHead> Ledger::log_head(const std::string& journal) {
  if (!journal.empty()) return core::fail(core::Fault::not_found, "no log of such a journal is here");
  return audit::LogHead{
      .verifier = "gate+0+0", .checkpoints = {"a note"}, .damage = {}, .journal = {}, .earlier = {}};
}

ports::LinkReport Ledger::link(const core::Moment&) {
  const std::lock_guard lock(mutex_);
  return report_;
}

void Ledger::add(core::PassageRecord record) {
  const std::lock_guard lock(mutex_);
  std::erase_if(records_, [&record](const auto& old) { return old.id == record.id; });
  records_.push_back(std::move(record));
}

void Ledger::set(ports::LinkReport report) {
  const std::lock_guard lock(mutex_);
  report_ = std::move(report);
}

void Ledger::keep(std::string sha256, std::string bytes) {
  const std::lock_guard lock(mutex_);
  pictures_[std::move(sha256)] = std::move(bytes);
}

core::Result<ports::ParkedReport> Backlog::parked(int limit) {
  ports::ParkedReport report;
  report.total = 2;
  report.changes.push_back({.epoch = 4,
                            .sequence = 17,
                            .in_snapshot = {},
                            .kind = "releaseRight",
                            .key = "R1",
                            .reason = "change.data.lights: an object is expected"});
  if (limit > 1)
    report.changes.push_back({.epoch = 4,
                              .sequence = {},
                              .in_snapshot = 3,
                              .kind = "",
                              .key = "",
                              .reason = "change.kind: missing"});
  return report;
}

core::Result<ports::OutboxReport> Backlog::outbox(int) {
  ports::OutboxReport report;
  report.journal_id = "01KAE0000000000000000000J1";
  report.last = 9;
  report.pending = 2;
  report.parked = 1;
  report.oldest = {.number = 8,
                   .ulid = "01KAE0000000000000000000E8",
                   .kind = core::EventKind::gate_out,
                   .at = morning,
                   .lane = "out-1",
                   .passage = {},
                   .reason = {}};
  report.refused.push_back(*report.oldest);
  report.refused[0].number = 5;
  report.refused[0].reason = "no such release";
  return report;
}

core::Result<ports::FindingsReport> Backlog::findings(int limit) {
  const std::lock_guard lock(mutex_);
  ports::FindingsReport report{.total = static_cast<std::int64_t>(findings_.size()), .findings = findings_};
  report.findings.resize(std::min(findings_.size(), static_cast<std::size_t>(limit)));
  return report;
}

asio::awaitable<core::Result<void>> Backlog::settle(std::string ulid, std::string by) {
  const std::lock_guard lock(mutex_);
  if (std::erase_if(findings_, [&ulid](const auto& one) { return one.ulid == ulid; }) == 0)
    co_return core::fail(core::Fault::not_found, "no finding of this name is open");
  settled_.push_back(ulid + " by " + by);
  co_return core::Result<void>{};
}

void Backlog::find(ports::Finding finding) {
  const std::lock_guard lock(mutex_);
  findings_.push_back(std::move(finding));
}

std::vector<std::string> Backlog::settled() const {
  const std::lock_guard lock(mutex_);
  return settled_;
}

asio::awaitable<Backups::Report> Backups::take(ports::Incoming file, std::string by) {
  std::string bytes;
  for (;;) {
    const auto piece = co_await file();
    if (!piece) co_return tl::unexpected(piece.error());
    const std::lock_guard lock(mutex_);
    ++pieces_;
    if (bytes.size() + piece->size() > fail_at_)
      co_return core::fail(core::Fault::broken, "the disk is full");
    if (piece->empty()) break;
    bytes += *piece;
  }
  const std::lock_guard lock(mutex_);
  taken_ = std::move(bytes);
  by_ = std::move(by);
  co_return answer_;
}

asio::awaitable<Backups::Report> Backups::import(ports::Incoming file, ports::Bringer by) {
  is_named_ = by.is_named;
  return take(std::move(file), std::move(by.name));
}

asio::awaitable<Backups::Report> Backups::inspect(ports::Incoming file) { return take(std::move(file), ""); }

void Backups::answer(Report report) {
  const std::lock_guard lock(mutex_);
  answer_ = std::move(report);
}

void Backups::fail_at(std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  fail_at_ = bytes;
}

std::string Backups::taken() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}

std::string Backups::by() const {
  const std::lock_guard lock(mutex_);
  return by_;
}

int Backups::pieces() const {
  const std::lock_guard lock(mutex_);
  return pieces_;
}

asio::awaitable<core::Result<core::DecisionAnswer>> Desk::decide(core::OperatorDecision decision) {
  if (before_) before_();
  const std::lock_guard lock(mutex_);
  asked_.push_back(std::move(decision));
  thread_ = std::this_thread::get_id();
  co_return answer_;
}

void Desk::answer(core::Result<core::DecisionAnswer> answer) {
  const std::lock_guard lock(mutex_);
  answer_ = std::move(answer);
}

void Desk::before(std::function<void()> deciding) { before_ = std::move(deciding); }

std::vector<core::OperatorDecision> Desk::asked() const {
  const std::lock_guard lock(mutex_);
  return asked_;
}

std::thread::id Desk::thread() const {
  const std::lock_guard lock(mutex_);
  return thread_;
}

Stage::Stage() : folder(make_folder()), lanes_thread([this] { lanes.run(); }) {
  ports::LinkReport report;
  report.link = core::LinkState::up;
  report.standing = {core::Mode::online, morning - std::chrono::seconds(3), false};
  report.epoch = 4;
  report.sequence = 1234;
  report.outbox = 2;
  report.refused = 7;
  report.rights = 500;
  ledger.set(report);
  options.port = 0;
  options.tokens = *console::Tokens::parse("ann operator " + std::string(operator_token) +
                                               "\nbob supervisor " + std::string(supervisor_token) +
                                               "\ntim technician " + std::string(technician_token) +
                                               "\neve auditor " + std::string(auditor_token) + "\n",
                                           "tokens");
  options.control_socket = control();
  options.site = "K913";
  options.version = "0.1.0-test";
  options.lanes = lanes.get_executor();
}

Stage::~Stage() {
  server.reset();
  work.reset();
  lanes.stop();
  lanes_thread.join();
  std::filesystem::remove_all(folder);
}

void Stage::start(console::Limits limits) {
  options.limits = limits;
  server.emplace(options, asked());
  const auto started = server->start();
  ASSERT_TRUE(started) << started.error().what;
}

core::PassageRecord ended_passage(const std::string& id, const std::string& lane) {
  core::PassageRecord record;
  record.id = id;
  record.lane = lane;
  record.ending = core::Ending::passed;
  record.detected = morning - std::chrono::minutes(2);
  record.ended = morning - std::chrono::minutes(1);
  record.decision = core::Decision::grant;
  record.plate = "1ABC123";
  record.containers = {"CSQU3054383"};
  record.driver_mask = "**12";
  record.tar = "TAR77";
  record.standing = {core::Mode::online, morning - std::chrono::minutes(2), false};
  record.verdict_ms = 1200;
  return record;
}

ports::LaneView idle_lane(const std::string& lane) {
  ports::LaneView view;
  view.lane = lane;
  return view;
}

ports::LaneView referred_lane(const std::string& lane) {
  ports::LaneView view;
  view.lane = lane;
  view.direction = core::Direction::exit;
  view.state = core::State::referred;
  view.revision = 7;
  view.passage = ended_passage("01KAE0000000000000000000R1", lane);
  view.passage.direction = core::Direction::exit;
  view.passage.ending = core::Ending::open;
  view.passage.ended.reset();
  view.passage.decision = core::Decision::refer;
  view.passage.reasons = {core::Reason::container_unsure};
  core::ContainerRead read;
  read.code = "CSQU3054388";
  read.alternatives = {"CSQU3054383", "CSOU3054383"};
  read.size_type = "42G1";
  read.doubt = core::Doubt::check_digit;
  view.reads = {read};
  core::PlateRead plate;
  plate.plate = "1ABC123";
  plate.country = "BE";
  plate.sure = true;
  view.plates = {plate};
  view.checks = {{core::CheckKind::container, "", core::Outcome::unknown, {core::Reason::container_unsure}},
                 {core::CheckKind::plate, "", core::Outcome::pass, {}}};
  view.persons = 2;
  view.driver_text = "Please wait. An operator is looking into it.";
  view.driver_reason = "container_unsure";
  view.language = "nl";
  return view;
}

}  // namespace console_test
