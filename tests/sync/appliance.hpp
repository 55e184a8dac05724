// One appliance with its stores in a temporary folder, and a platform that answers it, without a network.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>

#include "sync/proof.hpp"
#include "sync/sync.hpp"
#include "sync/wire/topics.hpp"
#include "tests/sync/fixture.hpp"

namespace syncing_test {

/// Stands still until it is told to go on; whoever waits is never woken. Believed from `floor` on.
class StillClock final : public ports::Clock {
 public:
  static constexpr core::WallTime earliest = std::chrono::sys_days(std::chrono::year(2025) / 1 / 1);

  [[nodiscard]] core::Moment now() const override {
    return {.wall = now_.wall, .steady = now_.steady, .trusted = now_.wall >= floor};
  }
  boost::asio::awaitable<void> until(core::SteadyTime) override { co_return; }

  void advance(core::Milliseconds by) {
    now_.wall += by;
    now_.steady += by;
  }
  void step_wall(core::Milliseconds by) { now_.wall += by; }

  core::WallTime floor = earliest;

 private:
  core::Moment now_ = moment(0);
};

struct Sent {
  std::string topic;
  std::string payload;
  bool retain = false;
};

class Appliance {
 public:
  /// `layer`: what the databases lie on. `later`: how far the time has gone on since the story began.
  explicit Appliance(std::filesystem::path state, syncing::FileLayer layer = {},
                     core::Milliseconds later = {}, syncing::Building building = syncing::Building::at_once)
      : state_(std::move(state)), layer_(std::move(layer)), building_(building) {
    appliance_keys_.add("a1", own_.public_key());
    clock.advance(later);
    restart();
  }

  /// Stops without warning and starts again on the same files.
  void restart() {
    settle();
    sync_.reset();
    clock.floor = StillClock::earliest;
    syncing::SyncSettings settings;
    settings.stream = {"T869", "uat"};
    settings.appliance = "a1";
    settings.version = "test";
    settings.state = state_;
    settings.layer = layer_;
    settings.building = building_;
    syncing::KeySet platform;
    platform.add("p1", trusted_);
    auto opened =
        syncing::Sync::open(settings, {own_, platform, terminal_key()}, clock,
                            {context_.get_executor(), context_.get_executor(), context_.get_executor()});
    if (!opened) throw std::runtime_error(opened.error().what);
    sync_ = std::move(*opened);
    sync_->send_through([this](const std::string& topic, const std::string& payload, bool retain) {
      sent.push_back({topic, payload, retain});
      return true;
    });
    settle();
  }

  /// From now on another platform's signatures count.
  void believe(const syncing::PublicKey& platform) {
    trusted_ = platform;
    restart();
  }

  syncing::Sync& operator*() { return *sync_; }
  syncing::Sync* operator->() { return sync_.get(); }

  /// Whatever was posted is carried out; the clock's floor follows, as in the daemon.
  void settle() {
    context_.restart();
    context_.run();
    if (sync_) clock.floor = syncing::clock_floor(StillClock::earliest, sync_->proven());
  }

  /// Time goes by, with a tick every quarter of a second.
  void wait(core::Milliseconds time) {
    for (core::Milliseconds gone{0}; gone < time; gone += syncing::Sync::tick_interval) {
      clock.advance(syncing::Sync::tick_interval);
      sync_->tick();
      settle();
    }
  }

  template <class Message>
  void say(const std::string& topic, const Message& message) {
    sync_->receive(topic, sealer_.seal(message));
    settle();
  }

  void head(std::int64_t epoch, std::int64_t sequence) {
    head_of(epoch, sequence, clock.now().wall, clock.now().wall);
  }

  void head_of(std::int64_t epoch, std::int64_t sequence, core::WallTime issued_at,
               core::WallTime source_as_of) {
    syncing::Head head;
    head.epoch = epoch;
    head.sequence = sequence;
    head.issued_at = issued_at;
    head.source_as_of = source_as_of;
    head.maintenance = maintenance;
    say(syncing::topics::head("T869"), head);
  }

  void snapshot(std::int64_t epoch, std::int64_t sequence, const std::vector<syncing::ReadChange>& changes,
                std::size_t per_part = 2, core::Milliseconds source_ahead = {}) {
    const auto sealed = seal(epoch, sequence, changes, per_part, source_ahead);
    for (std::size_t i = 0; i < sealed.messages.size(); ++i) part(sealed, i);
    settle();
  }

  syncing::SealedSnapshot seal(std::int64_t epoch, std::int64_t sequence,
                               const std::vector<syncing::ReadChange>& changes, std::size_t per_part,
                               core::Milliseconds source_ahead = {}) {
    syncing::SnapshotManifest manifest;
    manifest.ulid = syncing::make_ulid(clock.now().wall);
    manifest.epoch = epoch;
    manifest.sequence = sequence;
    manifest.issued_at = clock.now().wall;
    manifest.source_as_of = manifest.issued_at + source_ahead;
    return syncing::seal_snapshot(sealer_, manifest, changes, per_part);
  }

  void part(const syncing::SealedSnapshot& sealed, std::size_t index) {
    sync_->receive(syncing::topics::snapshot_part("T869", sealed.manifest.ulid, static_cast<int>(index)),
                   sealed.messages[index]);
  }

  void updates(std::int64_t epoch, std::int64_t first, std::vector<syncing::ReadChange> changes) {
    syncing::Batch batch{
        .epoch = epoch, .first = first, .last = first + static_cast<std::int64_t>(changes.size()) - 1};
    batch.changes = std::move(changes);
    say(syncing::topics::updates("T869"), batch);
  }

  void receipt(std::int64_t up_to) {
    syncing::Receipt receipt;
    receipt.appliance = "a1";
    receipt.journal_id = sync_->journal_id();
    receipt.up_to = up_to;
    say(syncing::topics::receipts("T869", "a1"), receipt);
  }

  /// Messages sent so far on a topic, opened; what was not signed by the appliance throws.
  template <class Message>
  std::vector<Message> sent_on(const std::string& topic) {
    const syncing::Opener opener({"T869", "uat"}, appliance_keys_, 1 << 20);
    std::vector<Message> messages;
    for (const auto& one : sent)
      if (one.topic == topic) messages.push_back(opener.open<Message>(one.payload).value());
    return messages;
  }

  std::vector<syncing::EventMessage> events() {
    return sent_on<syncing::EventMessage>(syncing::topics::events("T869", "a1"));
  }
  std::vector<syncing::Request> requests() {
    return sent_on<syncing::Request>(syncing::topics::requests("T869", "a1"));
  }

  /// The texts of all events of a kind, whether they were sent or not.
  std::vector<std::string> recorded(core::EventKind kind) {
    auto reader = syncing::JournalReader::open(state_ / "journal.db").value();
    std::vector<std::string> texts;
    const auto pending = reader->pending(0, 1000).value();
    for (const auto& one : pending)
      if (one.event.kind == kind) texts.push_back(one.event.text.value_or(""));
    return texts;
  }

  core::Result<void> commit(ports::JournalEntry entry) {
    return run(context_, sync_->journal().commit(std::move(entry)));
  }

  /// Runs to its end what the appliance is to do.
  template <class T>
  T carry_out(boost::asio::awaitable<T> work) {
    T result = run(context_, std::move(work));
    settle();
    return result;
  }
  [[nodiscard]] boost::asio::io_context& context() { return context_; }

  [[nodiscard]] ports::LinkReport report() { return sync_->link(clock.now()); }

  StillClock clock;
  std::vector<Sent> sent;
  std::optional<core::Maintenance> maintenance;  // that the platform announces

 private:
  std::filesystem::path state_;
  syncing::FileLayer layer_;
  syncing::Building building_;
  boost::asio::io_context context_;
  syncing::SigningKey platform_{"p1", std::string(32, '\x01')};
  syncing::PublicKey trusted_ = platform_.public_key();
  syncing::SigningKey own_{"a1", std::string(32, '\x02')};
  syncing::Sealer sealer_{{"T869", "uat"}, platform_, terminal_key().sealing_key()};
  syncing::KeySet appliance_keys_;
  std::unique_ptr<syncing::Sync> sync_;
};

}  // namespace syncing_test
