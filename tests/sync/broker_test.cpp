// The room over a real broker: TLS, client certificates, access rules, and a broker that is killed.
#include "tests/sync/broker.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <set>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/room.hpp"
#include "sync/wire/topics.hpp"
#include "tests/sync/fixture.hpp"
#include "tests/sync/real_clock.hpp"

using namespace syncing;
using namespace syncing_test;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// The other end: keeps its stream and takes over events, and says both again when asked.
class Platform {
 public:
  Platform(const MosquittoBroker& broker, const KeySet& appliances)
      : opener_({"T869", "uat"}, appliances, 1 << 20) {
    LinkSettings settings;
    settings.port = broker.port();
    settings.ca = broker.ca();
    settings.certificate = broker.certificate("platform");
    settings.key = broker.key("platform");
    settings.client_id = "platform";
    settings.subscriptions = {topics::every_appliance("T869", "requests"),
                              topics::every_appliance("T869", "events"),
                              topics::every_appliance("T869", "status")};
    link_ = std::make_unique<Link>(
        settings, context_.get_executor(),
        Link::Handlers{.message = [this](std::string topic, std::string payload) { take(topic, payload); },
                       .connection = [](bool) {}});
    link_->start();
  }

  /// Waits for `done`, saying a head ten times a second; false after so many of them.
  bool until(const std::function<bool()>& done, int heads = 600) {
    for (int i = 0; i < heads && !done(); ++i) {
      context_.restart();
      context_.run_for(milliseconds(100));
      head();
    }
    return done();
  }

  void change_stream(std::vector<ReadChange> changes, bool publish) {
    const auto first = static_cast<std::int64_t>(stream_.size()) + 1;
    stream_.insert(stream_.end(), changes.begin(), changes.end());
    if (publish) updates(first);
  }

  KeySet keys() const {
    KeySet keys;
    keys.add("p1", key_.public_key());
    return keys;
  }

  std::map<std::int64_t, std::string> events;  // number -> ULID
  std::set<std::string> ulids;
  std::string last_status;
  int copies = 0;
  bool receipts = true;

 private:
  void say(const std::string& topic, const std::string& payload, bool retain = false) {
    link_->publish(topic, payload, retain);
  }

  void head() {
    Head head;
    head.epoch = 1;
    head.sequence = static_cast<std::int64_t>(stream_.size());
    head.issued_at = head.source_as_of = clock_.now().wall;
    say(topics::head("T869"), sealer_.seal(head), true);
  }

  void updates(std::int64_t first) {
    Batch batch{.epoch = 1, .first = first, .last = static_cast<std::int64_t>(stream_.size())};
    batch.changes.assign(stream_.begin() + (first - 1), stream_.end());
    if (!batch.changes.empty()) say(topics::updates("T869"), sealer_.seal(batch));
  }

  void snapshot() {
    SnapshotManifest manifest;
    manifest.ulid = make_ulid(clock_.now().wall);
    manifest.epoch = 1;
    manifest.sequence = static_cast<std::int64_t>(stream_.size());
    manifest.issued_at = manifest.source_as_of = clock_.now().wall;
    const auto sealed = seal_snapshot(sealer_, manifest, stream_, 1);
    for (std::size_t i = 0; i < sealed.messages.size(); ++i)
      say(topics::snapshot_part("T869", manifest.ulid, static_cast<int>(i)), sealed.messages[i]);
  }

  void take(const std::string& topic, const std::string& payload) {
    if (topic == topics::requests("T869", "a1")) {
      const auto request = opener_.open<Request>(payload).value();
      if (request.kind == RequestKind::snapshot) snapshot();
      if (request.kind == RequestKind::updates) updates(*request.from);
    } else if (topic == topics::events("T869", "a1")) {
      const auto event = opener_.open<EventMessage>(payload).value();
      if (!ulids.insert(event.ulid).second) ++copies;
      if (event.number == static_cast<std::int64_t>(events.size()) + 1) events[event.number] = event.ulid;
      if (receipts) receipt(event);
    } else {
      last_status = opener_.open<Status>(payload).value().online ? "online" : "offline";
    }
  }

  void receipt(const EventMessage& event) {
    Receipt receipt;
    receipt.appliance = event.appliance;
    receipt.journal_id = event.journal_id;
    receipt.up_to = static_cast<std::int64_t>(events.size());
    say(topics::receipts("T869", "a1"), sealer_.seal(receipt));
  }

  RealClock clock_;
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> waiting_{context_.get_executor()};
  SigningKey key_{"p1", std::string(32, '\x01')};
  Sealer sealer_{{"T869", "uat"}, key_, terminal_key().sealing_key()};
  Opener opener_;
  std::vector<ReadChange> stream_;
  std::unique_ptr<Link> link_;
};

class OverABroker : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(MosquittoBroker::program))
      GTEST_SKIP() << MosquittoBroker::program << " is not installed";
    broker_ = std::make_unique<MosquittoBroker>(folder_ / "broker");
    KeySet appliances;
    appliances.add("a1", own_.public_key());
    platform_ = std::make_unique<Platform>(*broker_, appliances);
  }

  void open_room(const std::string& certificate = "a1") {
    std::filesystem::create_directories(folder_ / "state");
    SyncSettings settings;
    settings.stream = {"T869", "uat"};
    settings.appliance = "a1";
    settings.version = "test";
    settings.state = folder_ / "state";
    settings.head_interval = seconds(1);
    auto room = Room::open(settings, {own_, platform_->keys(), terminal_key()},
                           {.host = "127.0.0.1",
                            .port = broker_->port(),
                            .ca = broker_->ca(),
                            .certificate = broker_->certificate(certificate),
                            .key = broker_->key(certificate)},
                           clock_);
    ASSERT_TRUE(room) << room.error().what;
    room_ = std::move(*room);
    room_->start();
  }

  core::Mode mode() { return room_->records().standing(clock_.now()).mode; }
  ports::LinkReport report() { return room_->ledger().link(clock_.now()); }

  core::RightState state_of_right() {
    core::Evidence evidence;
    evidence.first_detected = clock_.now().wall;
    evidence.containers.resize(1);
    evidence.containers[0].code = "CSQU3054383";
    const auto dossier = room_->records().gather(evidence).value();
    return dossier.rights.empty() ? core::RightState::deleted : dossier.rights[0].state;
  }

  void happen(int events) {
    boost::asio::io_context context;
    ports::JournalEntry entry;
    for (int i = 0; i < events; ++i) entry.events.push_back(event(core::EventKind::truck_detected));
    ASSERT_TRUE(run(context, room_->journal().commit(entry)));
  }

  std::size_t recorded() {
    auto connection = open_reader(folder_ / "state" / "journal.db").value();
    return static_cast<std::size_t>(connection->number("SELECT count(*) FROM outbox"));
  }

  RealClock clock_;
  TempFolder folder_;
  SigningKey own_{"a1", std::string(32, '\x02')};
  std::unique_ptr<MosquittoBroker> broker_;
  std::unique_ptr<Platform> platform_;
  std::unique_ptr<Room> room_;
};

TEST_F(OverABroker, ASnapshotUpdatesEventsAndReceiptsPass) {
  platform_->change_stream({upsert(right("R1")), upsert(right("R2", "MSKU9070323", "S2"))}, false);
  open_room();
  ASSERT_TRUE(platform_->until([this] { return mode() == core::Mode::online; }));
  EXPECT_EQ(report().rights, 2);
  platform_->change_stream({change(ChangeKind::releaseRight, ChangeOp::block, "R1")}, true);
  ASSERT_TRUE(platform_->until([this] { return state_of_right() == core::RightState::blocked; }));
  happen(3);
  ASSERT_TRUE(
      platform_->until([this] { return platform_->events.size() == recorded() && report().outbox == 0; }));
  EXPECT_TRUE(platform_->until([this] { return report().link == core::LinkState::up; }));
  EXPECT_TRUE(platform_->until([this] { return platform_->last_status == "online"; }));
  room_->stop();
  EXPECT_TRUE(platform_->until([this] { return platform_->last_status == "offline"; })) << "the last will";
  EXPECT_EQ(report().refused, 0);
}

TEST_F(OverABroker, NothingIsLostWhenTheBrokerIsKilledAndForgetsEverything) {
  platform_->change_stream({upsert(right("R1"))}, false);
  platform_->receipts = false;  // acknowledged by the broker, receipted by nobody
  open_room();
  ASSERT_TRUE(platform_->until([this] { return mode() == core::Mode::online; }));
  happen(5);
  ASSERT_TRUE(platform_->until([this] { return platform_->events.size() == recorded(); }));
  platform_->events.clear();  // as if the platform had not stored them
  broker_->kill_9();
  happen(20);
  platform_->change_stream({change(ChangeKind::releaseRight, ChangeOp::dirty, "R1"), upsert(right("R1")),
                            change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")},
                           true);  // published to nobody
  platform_->receipts = true;
  broker_->start();
  ASSERT_TRUE(platform_->until([this] { return state_of_right() == core::RightState::revoked; }));
  ASSERT_TRUE(
      platform_->until([this] { return platform_->events.size() == recorded() && report().outbox == 0; }));
  EXPECT_EQ(platform_->ulids.size(), recorded()) << "each event once, however often it was sent";
  EXPECT_GE(platform_->copies, 5);
}

TEST_F(OverABroker, ACertificateOfAnotherAuthorityIsTurnedAway) {
  open_room("stranger");
  platform_->change_stream({upsert(right("R1"))}, false);
  EXPECT_FALSE(platform_->until([this] { return mode() == core::Mode::online; }, 30));
  EXPECT_EQ(report().link, core::LinkState::down);
  EXPECT_EQ(mode(), core::Mode::restricted);
  room_->stop();
}

}  // namespace
