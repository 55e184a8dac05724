// A gate whose journal is put back from an old copy or put aside, and the demonstration's platform, which
// hears it and answers, without a broker.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "tests/sync/appliance.hpp"
#include "tests/world/platform/restored.hpp"

namespace fault {

namespace fs = std::filesystem;
using namespace syncing;
using namespace syncing_test;
using core::EventKind;
using core::Mode;

inline std::string box(int number) { return "BOXU" + std::to_string(1000000 + number); }
inline std::string name(int number) { return "R" + std::to_string(number); }

class ARestoredJournal : public testing::Test {
 protected:
  ARestoredJournal() {
    spdlog::set_level(spdlog::level::off);
    for (int i = 0; i < 6; ++i) stream_rights_.push_back(upsert(right(name(i), box(i), "S1")));
    stream_.begin(1, stream_rights_);
    start();
  }
  void begin_again() {
    appliance_.reset();
    fs::remove_all(folder_.path());
    fs::create_directories(folder_.path());
    book_ = {};
    status_.reset();
    receipts_.clear();
    meanings_.clear();
    undetected_ = false;
    stream_.begin(1, stream_rights_);
    start();
  }
  ~ARestoredJournal() override { spdlog::set_level(spdlog::level::info); }

  void start(const FileLayer& layer = {}) {
    appliance_.emplace(folder_.path(), layer, later_);
    later_ += std::chrono::hours(1);
    (**appliance_).connection(true);
    heard_ = 0;
  }
  void stop() {
    hear();
    appliance_.reset();
  }

  void keep() {
    fs::copy_file(folder_ / "journal.db", folder_ / "kept", fs::copy_options::overwrite_existing);
  }
  void put_back() {
    for (const char* suffix : {"-wal", "-shm"}) fs::remove((folder_ / "journal.db").string() + suffix);
    fs::copy_file(folder_ / "kept", folder_ / "journal.db", fs::copy_options::overwrite_existing);
  }
  void put_aside() {
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove((folder_ / "journal.db").string() + suffix);
  }

  /// The platform hears what was sent to it, and keeps its answers to itself.
  void hear() {
    for (; heard_ < appliance_->sent.size(); ++heard_) {
      const Sent& one = appliance_->sent[heard_];
      if (one.topic == topics::events("T869", "a1")) take(opened<EventMessage>(one));
      if (one.topic == topics::status("T869", "a1")) status_ = opened<Status>(one);
    }
  }

  /// Time goes by and the platform answers, until nothing is new for either side.
  void talk(bool answers_status = true) {
    for (int turn = 0; turn < 6; ++turn) {
      appliance_->wait(std::chrono::seconds(11));  // longer than between two states
      hear();
      for (const auto& [journal, receipt] : receipts_) say(receipt);
      if (answers_status && status_)
        if (const auto answer = world::answer_to(*status_, book_, stream_)) say(*answer);
      appliance_->head(stream_.epoch(), stream_.sequence());
      if (appliance_->report().sequence == 0 && stream_.sequence() == 0)
        appliance_->snapshot(stream_.epoch(), 0, stream_.content(), 20);
      if (appliance_->report().epoch == 0)
        appliance_->snapshot(stream_.epoch(), stream_.sequence(), stream_.content(), 20);
      for (const auto& batch : stream_.since(appliance_->report().sequence + 1))
        appliance_->say(topics::updates("T869"), batch);
      appliance_->head(stream_.epoch(), stream_.sequence());
    }
  }

  void say(const Receipt& receipt) { appliance_->say(topics::receipts("T869", "a1"), receipt); }

  template <class Message>
  Message opened(const Sent& sent) {
    KeySet keys;
    keys.add("a1", SigningKey{"a1", std::string(32, '\x02')}.public_key());
    return Opener({"T869", "uat"}, keys, 1 << 20).open<Message>(sent.payload).value();
  }

  void take(const EventMessage& message) {
    const auto number = std::pair(message.journal_id, message.number);
    const auto known = meanings_.emplace(number, message.ulid).first;
    if (!undetected_) {
      EXPECT_EQ(known->second, message.ulid) << "number " << message.number << " means two things";
    }
    const auto taken = book_.take(message);
    receipts_[taken.receipt.journal_id] = taken.receipt;
  }

  Mode mode() { return (**appliance_).standing(appliance_->clock.now()).mode; }

  core::Result<void> write(int number, core::ClaimState state, EventKind kind) {
    const std::string visit_id = "V" + std::to_string(number);
    const bool used = state == core::ClaimState::used;
    ports::JournalEntry entry;
    entry.passage = passage(visit_id + (used ? "X" : ""), core::Ending::passed);
    entry.passage->visit = visit_id;
    entry.visit = visit(visit_id, "1ABC123", used ? core::VisitState::left : core::VisitState::inside);
    entry.claims = {claim(name(number), visit_id, state, box(number), "S1")};
    core::GateEvent out = event(kind, name(number));
    out.release_id = name(number);
    entry.events = {out};
    auto done = appliance_->commit(std::move(entry));
    return done;
  }
  void use(int number) { ASSERT_TRUE(write(number, core::ClaimState::used, EventKind::gate_out)); }
  void admit(int number) { ASSERT_TRUE(write(number, core::ClaimState::claimed, EventKind::granted)); }

  /// Whether a truck could be let through on it now.
  bool is_free(int number) {
    if (mode() == Mode::restricted) return false;
    core::Evidence evidence;
    evidence.containers.resize(1);
    evidence.containers[0].code = box(number);
    const auto dossier = (**appliance_).gather(evidence);
    if (!dossier || dossier->rights.empty()) return false;
    return !dossier->rights[0].used_elsewhere && dossier->claims.empty();
  }

  [[nodiscard]] std::string journal() { return (**appliance_).journal_id(); }

  TempFolder folder_;
  core::Milliseconds later_{};
  std::optional<Appliance> appliance_;
  std::size_t heard_ = 0;
  std::optional<Status> status_;
  world::EventBook book_;
  std::vector<Change> stream_rights_;
  world::StreamBook stream_;
  std::map<std::string, Receipt> receipts_;
  bool undetected_ = false;  // nothing here can know; the platform has to object
  std::map<std::pair<std::string, std::int64_t>, std::string> meanings_;
};

}  // namespace fault
