#include "tests/scenario/site.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <stdlib.h>

#include "gate/core/plate.hpp"

namespace scenario {

namespace asio = boost::asio;
using core::Level;
using core::Signals;

namespace {

template <class T>
T open(core::Result<T> opened) {
  if (!opened) throw std::runtime_error(opened.error().what);
  return std::move(*opened);
}

}  // namespace

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "gatehouse-scenario-XXXXXX").string();
  if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path = name;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path, ignored);
}

Stores::Stores(const std::filesystem::path& folder, asio::any_io_executor executor, ports::Clock& clock)
    : writer(open(syncing::JournalWriter::open(folder / "journal.db", clock.now().wall))),
      reader(open(syncing::JournalReader::open(folder / "journal.db"))),
      replica(open(syncing::Replica::open(folder / "replica.db", syncing::RowKey(writer->row_key())))),
      clock_(clock),
      album_(folder / "pictures"),
      journal_(std::make_unique<syncing::Journal>(*writer, album_, executor, executor)) {
  freshness.online_max_age = std::chrono::seconds(6);
}

core::Result<core::Dossier> Stores::gather(const core::Evidence& evidence) {
  if (unreadable) return core::fail(core::Fault::corrupt, "a row failed its seal");
  return syncing::gather(*replica, *reader, evidence);
}

core::Standing Stores::standing(const core::Moment& now) const {
  core::Standing standing;
  standing.data_as_of = silent_since.value_or(now.wall);
  standing.mode = core::mode_of(freshness, standing.data_as_of, true, now);
  return standing;
}

asio::awaitable<core::Result<void>> Stores::commit(ports::JournalEntry entry) {
  if (disk_takes.count() > 0) co_await clock_.until(clock_.now().steady + disk_takes);
  if (disk) co_return tl::unexpected(*disk);
  co_return co_await journal_->commit(std::move(entry));
}

asio::awaitable<core::Result<core::PictureRef>> Stores::keep(ports::Picture picture) {
  co_return co_await journal_->keep(std::move(picture));
}

Kit::Kit(std::string called, core::Direction goes, const asio::any_io_executor& executor, ports::Clock& clock)
    : name(std::move(called)),
      direction(goes),
      barrier(executor, clock),
      front("front", clock),
      rear("rear", clock),
      reader(executor, clock),
      eyes(clock) {}

Site::Site(const std::filesystem::path& folder, core::WallTime start)
    : clock(start),
      stores(folder, io.get_executor(), clock),
      in("in-1", core::Direction::entry, io.get_executor(), clock),
      out("out-1", core::Direction::exit, io.get_executor(), clock) {
  interrupted = open(stores.writer->close_interrupted(clock.now()));
  sequence_ = stores.replica->stand().position.sequence;
  for (Kit* kit : {&in, &out}) {
    kit->lane = make_lane(*kit);
    asio::co_spawn(io, kit->lane->run(), asio::detached);
  }
  settle();
}

Site::~Site() {
  // As a power cut: nobody is told. The lanes' insides live as long as their coroutines do, in `io`.
  in.lane.reset();
  out.lane.reset();
}

std::unique_ptr<lane::Lane> Site::make_lane(Kit& kit) {
  return std::make_unique<lane::Lane>(io.get_executor(),
                                      lane::Parts{kit.name,
                                                  kit.direction,
                                                  core::LaneTimers{},
                                                  core::Policy{},
                                                  kit.barrier,
                                                  {&kit.front, &kit.rear},
                                                  kit.reader,
                                                  kit.eyes,
                                                  stores,
                                                  stores,
                                                  board,
                                                  clock,
                                                  [this] { return ulids_.next(clock.now().wall); }});
}

bool Site::until(const std::function<bool()>& done, core::Milliseconds limit) {
  return clock.advance_until(io, done, limit);
}

void Site::fill(const std::vector<syncing::Change>& content) {
  std::vector<syncing::ReadChange> changes(content.begin(), content.end());
  syncing::SnapshotManifest manifest;
  manifest.epoch = 1;
  manifest.count = static_cast<std::int64_t>(changes.size());
  manifest.issued_at = manifest.source_as_of = clock.now().wall;
  const bool filled = stores.replica->begin_snapshot() && stores.replica->add_to_snapshot(1, changes) &&
                      stores.replica->finish_snapshot(manifest);
  if (!filled) throw std::runtime_error("the snapshot was not taken");
}

void Site::change(const std::vector<syncing::Change>& changes) {
  syncing::Batch batch;
  batch.epoch = 1;
  batch.first = sequence_ + 1;
  batch.changes.assign(changes.begin(), changes.end());
  sequence_ += static_cast<std::int64_t>(changes.size());
  batch.last = sequence_;
  if (auto applied = stores.replica->apply(batch); !applied) throw std::runtime_error(applied.error().what);
}

void Site::show(Kit& kit, const Look& look) {
  kit.front.look_at("picture of " + look.plate);
  kit.rear.look_at("picture of the rear of " + look.plate);
  core::Sighting sighting;
  sighting.milliseconds = 180;
  if (look.plate_readable && !look.plate.empty()) {
    sighting.plates.push_back({core::normalise_plate(look.plate), look.plate, "", 980, true, {}});
  }
  for (const std::string& code : look.boxes) {
    if (!look.boxes_readable) continue;
    core::ContainerRead read;
    read.code = code;
    read.size_type = look.size_type;
    read.sure = look.boxes_sure;
    read.doubt = look.boxes_sure ? core::Doubt::none : core::Doubt::one_view;
    read.check_digit = true;
    sighting.containers.push_back(read);
  }
  if (!look.boxes_readable)
    sighting.faults.push_back({"rear", core::ViewFaultKind::defocused, "defocused: no edge is sharp"});
  kit.eyes.see_next(sighting);
}

void Site::arrive(Kit& kit, const Look& look) {
  show(kit, look);
  kit.put(&Signals::presence, true);
  settle();
}

void Site::badge(Kit& kit, const std::string& credential_hash) {
  kit.reader.present_badge(credential_hash);
  settle();
}

void Site::tar(Kit& kit, const std::string& tar) {
  kit.reader.give_tar(tar);
  settle();
}

void Site::drive(Kit& kit) {
  using std::chrono::seconds;
  kit.put(&Signals::photocell, true);
  kit.put(&Signals::safety, true);
  wait(seconds(1));
  kit.put(&Signals::passage, true);
  wait(seconds(1));
  kit.put(&Signals::presence, false);
  wait(seconds(1));
  kit.put(&Signals::safety, false);
  kit.put(&Signals::photocell, false);
  wait(seconds(1));
  kit.put(&Signals::passage, false);
  settle();
}

void Site::back_out(Kit& kit) {
  kit.put(&Signals::presence, false);
  settle();
}

bool Site::reach(Kit& kit, const std::vector<core::State>& states, core::Milliseconds limit) {
  return until([&] { return std::find(states.begin(), states.end(), state(kit)) != states.end(); }, limit);
}

core::Result<core::DecisionAnswer> Site::decide(core::OperatorDecision decision) {
  std::optional<core::Result<core::DecisionAnswer>> answer;
  lane::Desk desk({in.lane.get(), out.lane.get()});
  asio::co_spawn(io, desk.decide(std::move(decision)),
                 [&answer](const std::exception_ptr&, core::Result<core::DecisionAnswer> given) {
                   answer = std::move(given);
                 });
  settle();
  return answer.value();
}

core::OperatorDecision Site::decision(Kit& kit, core::OperatorAction action, const std::string& by) {
  core::OperatorDecision decision;
  decision.lane = kit.name;
  decision.passage = view(kit).passage.id;
  decision.revision = view(kit).revision;
  decision.action = action;
  decision.by = by;
  decision.named = true;
  decision.reason = core::OverrideReason::documents_checked;
  return decision;
}

core::PassageRecord Site::record(const std::string& passage) { return open(stores.reader->passage(passage)); }

std::vector<syncing::NumberedEvent> Site::events() { return open(stores.reader->pending(0, 100000)); }

std::vector<core::GateEvent> Site::events(core::EventKind kind) {
  std::vector<core::GateEvent> found;
  for (const auto& numbered : events()) {
    if (numbered.event.kind == kind) found.push_back(numbered.event);
  }
  return found;
}

std::optional<core::ClaimState> Site::claim(const std::string& release_id) {
  const auto claims = open(stores.reader->claims({release_id}, {}));
  if (claims.empty()) return std::nullopt;
  return claims.front().state;
}

}  // namespace scenario
