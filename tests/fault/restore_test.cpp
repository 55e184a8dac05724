// A journal that is not the newest one of this gate: put back from an old copy, or begun in the place of one
// that was put aside. It gets a name of its own, refers, and decides again once the platform has told what
// was used. The platform here is the demonstration's, without a broker.
#include <filesystem>
#include <map>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "gate/audit/tree.hpp"
#include "gate/bytes/bytes.hpp"
#include "sync/store/database.hpp"
#include "tests/fault/disk.hpp"
#include "tests/sync/appliance.hpp"
#include "tests/world/platform/restored.hpp"

namespace fs = std::filesystem;
using namespace syncing;
using namespace syncing_test;
using core::EventKind;
using core::Mode;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

std::string box(int number) { return "BOXU" + std::to_string(1000000 + number); }
std::string name(int number) { return "R" + std::to_string(number); }

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

}  // namespace

TEST_F(ARestoredJournal, RefersUntilThePlatformHasToldWhatWasUsedAndThenDecidesAgain) {
  use(1);
  talk();
  ASSERT_EQ(mode(), Mode::online);
  const std::string first = journal();
  stop();
  keep();
  start();
  use(2);
  admit(3);
  talk();
  stop();
  put_back();
  start();
  talk(false);
  EXPECT_NE(journal(), first);
  EXPECT_EQ(mode(), Mode::restricted) << "R2 was used, and neither journal nor replica know";
  EXPECT_FALSE(appliance_->report().journal_told);
  EXPECT_TRUE(appliance_->report().journal_sound);
  ASSERT_TRUE(status_ && status_->restored);
  EXPECT_EQ(status_->restored->knows.at(0).journal_id, first);
  talk();
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_TRUE(appliance_->report().journal_told);
  EXPECT_FALSE(status_->restored);
  EXPECT_FALSE(is_free(1)) << "used, and in the copy";
  EXPECT_FALSE(is_free(2)) << "used, and told by the platform";
  EXPECT_FALSE(is_free(3)) << "a truck may be inside with it";
  EXPECT_TRUE(is_free(4));
  EXPECT_THAT(book_.conflicts(), IsEmpty());
  EXPECT_THAT(book_.holes(), IsEmpty());
  EXPECT_EQ(appliance_->report().outbox, 0);
  start();
  talk(false);
  EXPECT_EQ(mode(), Mode::online) << "once is enough";
  EXPECT_FALSE(is_free(2));
}

/// The whole folder is put back: nothing here knows. What was written since has the numbers of what is lost.
TEST_F(ARestoredJournal, IsKnownByThePlatformWhereNothingHereRemembersHoweverFarItHasGone) {
  for (const int written : {0, 1, 2, 3}) {
    SCOPED_TRACE(written);
    use(1);
    talk();
    stop();
    keep();
    fs::copy_file(folder_ / "journal.db.mark", folder_ / "kept.mark", fs::copy_options::overwrite_existing);
    start();
    use(2);
    talk();
    stop();
    put_back();
    fs::copy_file(folder_ / "kept.mark", folder_ / "journal.db.mark", fs::copy_options::overwrite_existing);
    undetected_ = true;
    start();
    const std::string first = journal();
    for (int i = 0; i < written; ++i) {
      ports::JournalEntry entry;
      entry.events = {event(EventKind::truck_detected, "since " + std::to_string(i))};
      ASSERT_TRUE(appliance_->commit(entry));
    }
    talk();
    EXPECT_NE(journal(), first);
    EXPECT_FALSE(is_free(2));
    EXPECT_TRUE(is_free(4));
    int since = 0;
    for (const auto& one : book_.events()) since += one.event.text.value_or("").starts_with("since") ? 1 : 0;
    EXPECT_EQ(since, written) << "each once, under whatever number";
    EXPECT_EQ(appliance_->report().outbox, 0);
    begin_again();
  }
}

TEST_F(ARestoredJournal, WithEventsThatReachedNobodyGoesOnReferring) {
  use(1);
  talk();
  stop();
  keep();
  start();
  talk();
  (**appliance_).connection(false);
  use(2);  // while the link is down, and then the disk dies
  appliance_.reset();
  put_back();
  start();
  talk();
  EXPECT_EQ(mode(), Mode::restricted) << "nobody knows that R2 was used";
  EXPECT_THAT((**appliance_).refusals(), Contains(HasSubstr("reached nobody")));
}

TEST_F(ARestoredJournal, WithoutEventsOfRightsThatReachedNobodyComesOut) {
  talk();
  stop();
  keep();
  start();
  use(2);
  talk();
  (**appliance_).connection(false);
  ports::JournalEntry entry;
  entry.events = {event(EventKind::alarm, "nothing about a right")};
  ASSERT_TRUE(appliance_->commit(entry));
  appliance_.reset();
  put_back();
  start();
  talk();
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_FALSE(is_free(2));
}

TEST_F(ARestoredJournal, ThatWasBegunInPlaceOfADamagedOneIsToldAllOfIt) {
  use(1);
  use(2);
  talk();
  const std::string first = journal();
  stop();
  put_aside();
  start();
  EXPECT_NE(journal(), first);
  EXPECT_THAT(appliance_->recorded(EventKind::alarm), Contains(HasSubstr("put aside")));
  talk(false);
  EXPECT_EQ(mode(), Mode::restricted);
  talk();
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_FALSE(is_free(1));
  EXPECT_FALSE(is_free(2));
  EXPECT_TRUE(is_free(4));
}

TEST_F(ARestoredJournal, TwiceGetsANameEachTimeAndIsToldOfAll) {
  talk();
  stop();
  keep();
  start();
  use(1);
  talk();
  stop();
  put_back();
  start();
  talk();
  const std::string second = journal();
  use(2);
  talk();
  stop();
  put_back();
  start();
  talk();
  EXPECT_NE(journal(), second);
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_FALSE(is_free(1));
  EXPECT_FALSE(is_free(2));
  EXPECT_TRUE(is_free(4));
  EXPECT_THAT(book_.conflicts(), IsEmpty());
}

TEST_F(ARestoredJournal, IsNotToldByAnEmptyWordAndNotByOneForAnotherJournal) {
  use(1);
  talk();
  const std::string first = journal();
  stop();
  keep();
  start();
  use(2);
  talk();
  stop();
  put_back();
  start();
  talk(false);
  Receipt word{.appliance = "a1", .journal_id = journal(), .up_to = 0};
  word.told = Told{1, 0, {}};
  say(word);
  EXPECT_EQ(mode(), Mode::restricted) << "it does not say that it knows what is lacking";
  word.journal_id = first;
  word.told->knows = book_.known();
  say(word);
  EXPECT_EQ(mode(), Mode::restricted);
  word.journal_id = journal();
  word.told->sequence = 5;
  say(word);
  appliance_->head(1, 0);
  EXPECT_EQ(mode(), Mode::restricted) << "the replica is not there yet";
}

TEST_F(ARestoredJournal, CannotBeMadeToForgetThatItLacksSomething) {
  use(1);
  talk();
  stop();
  keep();
  start();
  use(2);
  talk();
  stop();
  put_back();
  start();
  for (const char* edit : {"DELETE FROM lack", "UPDATE lack SET epoch = 1, sequence = 0", "DELETE FROM lacks",
                           "UPDATE lacks SET events = 1"}) {
    stop();
    TempFolder kept;
    fs::copy(folder_.path(), kept.path(), fs::copy_options::recursive);
    open_writer(folder_ / "journal.db", journal_schema).value()->run(edit);
    start();
    appliance_->head(1, 0);
    EXPECT_EQ(mode(), Mode::restricted) << edit;
    EXPECT_FALSE(appliance_->report().journal_sound) << edit;
    appliance_.reset();
    fs::remove_all(folder_.path());
    fs::copy(kept.path(), folder_.path(), fs::copy_options::recursive);
    start();
  }
}

TEST_F(ARestoredJournal, BeginsALogThatNamesTheOneBeforeWhichStaysAsItWas) {
  use(1);
  talk();
  stop();
  keep();
  start();
  const std::string first = journal();
  use(2);
  talk();
  const std::string beyond = (**appliance_).log_head("")->checkpoints.at(0);
  stop();
  put_back();
  start();
  talk();
  const auto head = (**appliance_).log_head("").value();
  EXPECT_THAT(head.earlier, testing::ElementsAre(first));
  const auto newest = audit::read_checkpoint(head.checkpoints.at(0));
  EXPECT_TRUE(newest->origin.ends_with("/" + journal()));
  audit::Tree tree;
  std::map<std::uint64_t, audit::Hash> roots;
  const auto old = (**appliance_).leaves(first, 0, 1000).value();
  for (const auto& leaf : old) {
    tree.append(audit::checked_hash(leaf).value());
    roots[tree.size()] = tree.root();
  }
  const auto vouched = (**appliance_).log_head(first).value().checkpoints;
  EXPECT_FALSE(vouched.empty());
  for (const auto& note : vouched) {
    const auto checkpoint = audit::read_checkpoint(note);
    EXPECT_EQ(roots.at(checkpoint->size), checkpoint->root) << "what was vouched for stays so";
  }
  EXPECT_GT(audit::read_checkpoint(beyond)->size, old.size()) << "and what is lost is seen to be";
  const auto leaf = (**appliance_).leaves("", 0, 1).value().at(0);
  EXPECT_EQ(leaf.number, 1);
  EXPECT_THAT(*leaf.record, HasSubstr("\"leaves\":" + std::to_string(old.size())));
  EXPECT_THAT(*leaf.record, HasSubstr(bytes::to_hex(bytes::view(tree.root()))));
  EXPECT_EQ((**appliance_).leaves("another", 0, 1).error().fault, core::Fault::not_found);
}

/// Every place where the way out may be cut off.
TEST_F(ARestoredJournal, ThatIsStoppedAtAnyWriteOfTheWayOutComesOutAllTheSame) {
  use(1);
  talk();
  stop();
  keep();
  start();
  use(2);
  talk();
  appliance_->clock.advance(std::chrono::seconds(1));
  stop();
  put_back();
  const TempFolder before;
  fs::copy(folder_.path(), before.path(), fs::copy_options::recursive);
  const auto book = book_;
  const auto stream = stream_;
  bool reached = true;
  int runs = 0;
  for (int n = 1; reached; n += n < 60 ? 1 : 5, ++runs) {
    fs::remove_all(folder_.path());
    fs::copy(before.path(), folder_.path(), fs::copy_options::recursive);
    book_ = book;
    stream_ = stream;
    status_.reset();
    receipts_.clear();
    fault::Disk disk("restored");
    int seen = 0;
    disk.watch([&disk, &seen, n](fault::Access, std::string_view, bool done) {
      if (!done && ++seen == n) disk.cut_power();
      return fault::Harm::none;
    });
    try {
      start(disk.name());
      talk();
    } catch (const std::exception&) {
      ASSERT_TRUE(disk.dead());
    }
    reached = disk.dead();
    appliance_.reset();
    std::mt19937_64 random(static_cast<std::uint64_t>(n));
    disk.restore_power(folder_.path().string(), random);
    disk.watch(nullptr);
    start();
    EXPECT_FALSE(is_free(2)) << "after access " << n;
    talk();
    EXPECT_EQ(mode(), Mode::online) << "after access " << n;
    EXPECT_FALSE(is_free(1)) << "after access " << n;
    EXPECT_FALSE(is_free(2)) << "after access " << n;
    EXPECT_TRUE(is_free(4)) << "after access " << n;
    EXPECT_THAT(book_.conflicts(), IsEmpty());
    appliance_.reset();
  }
  EXPECT_GT(runs, 40);
}
