// The cable between the appliance and the broker is cut while trucks pass and the platform changes rights.
#include <filesystem>
#include <fstream>
#include <memory>

#include <boost/describe/enum_to_string.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "drivers/wallclock/wallclock.hpp"
#include "gate/bytes/bytes.hpp"
#include "sync/room.hpp"
#include "tests/network/cable.hpp"
#include "tests/network/gate.hpp"
#include "tests/network/trucks.hpp"
#include "tests/sync/broker.hpp"
#include "tests/sync/fixture.hpp"
#include "tests/world/platform/platform.hpp"

using namespace network;
using core::EventKind;
using core::LinkState;
using core::Mode;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

constexpr int kTrucks = 8;

class OverACable : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(syncing_test::MosquittoBroker::program)) GTEST_SKIP() << "mosquitto is not installed";
    if (const std::string why = Cable::lacking(); !why.empty()) GTEST_SKIP() << why;
    cable_ = std::make_unique<Cable>();
    cable_->broker().inside([this] { start_platform(); });
    fs::create_directories(folder_ / "state");
    auto room = syncing::Room::open(settings(), {own_, platform_keys(), syncing_test::terminal_key()},
                                    {.host = Cable::broker_address,
                                     .port = broker_->port(),
                                     .ca = broker_->ca(),
                                     .certificate = broker_->certificate("a1"),
                                     .key = broker_->key("a1")},
                                    clock_);
    ASSERT_TRUE(room) << room.error().what;
    room_ = std::move(*room);
    cable_->appliance().inside([this] { room_->start(); });
    gate_ = std::make_unique<Gate>(room_->records(), room_->journal(), clock_);
    ASSERT_TRUE(gate_->until([this] { return mode() == Mode::online && report().link == LinkState::up; }));
  }

  void TearDown() override {
    if (room_) room_->stop();
    gate_.reset();
  }

  void start_platform() {
    broker_ = std::make_unique<syncing_test::MosquittoBroker>(folder_ / "broker", Cable::broker_address);
    const fs::path state = folder_ / "platform";
    fs::create_directories(state);
    fs::copy_file(broker_->ca(), state / "ca.pem");
    fs::copy_file(broker_->certificate("platform"), state / "platform.pem");
    fs::copy_file(broker_->key("platform"), state / "platform.key");
    std::ofstream(state / "platform.seed") << bytes::to_hex(std::string(32, '\x01')) << "\n";
    ::chmod((state / "platform.seed").c_str(), 0600);
    std::ofstream(state / "signing.pub") << own_.public_key_hex() << "\n";
    const auto to = syncing_test::terminal_key().sealing_key();
    std::ofstream(state / "encryption.pub") << bytes::to_hex(bytes::view(to.key)) << "\n";
    config::Config config;
    config.site.terminal = "T869";
    config.site.appliance = "a1";
    config.link.broker = {Cable::broker_address, broker_->port()};
    config.link.platform_keys = {{"p1", platform_key_.public_key_hex()}};
    config.link.head_interval = seconds(1);
    platform_ = std::make_unique<world::Platform>(config, state, [this] { return clock_.now().wall; });
    platform_->begin(1, records_of(kTrucks, clock_.now().wall));
    platform_->come_back();
  }

  syncing::KeySet platform_keys() const {
    syncing::KeySet keys;
    keys.add("p1", platform_key_.public_key());
    return keys;
  }

  syncing::SyncSettings settings() const {
    syncing::SyncSettings settings;
    settings.stream = {"T869", "uat"};
    settings.appliance = "a1";
    settings.version = "test";
    settings.state = folder_ / "state";
    settings.head_interval = seconds(1);
    settings.freshness.online_max_age = seconds(8);
    return settings;
  }

  Mode mode() { return room_->records().standing(clock_.now()).mode; }
  ports::LinkReport report() { return room_->ledger().link(clock_.now()); }

  /// A truck comes and is granted; the mode it was decided in.
  Mode drive_in() {
    const auto record = gate_->pass(++truck_);
    EXPECT_EQ(record.decision, core::Decision::grant) << "truck " << truck_;
    return record.standing.mode;
  }

  void revoke(int truck) {
    platform_->update(
        {syncing::change(syncing::ChangeKind::releaseRight, syncing::ChangeOp::revoke, right_of(truck))});
  }

  core::RightState state_of(int truck) {
    core::Evidence evidence;
    evidence.first_detected = clock_.now().wall;
    evidence.containers.resize(1);
    evidence.containers[0].code = box_of(truck);
    const auto dossier = room_->records().gather(evidence).value();
    return dossier.rights.at(0).state;
  }

  std::int64_t recorded() {
    auto connection = syncing::open_reader(folder_ / "state" / "journal.db").value();
    return connection->number("SELECT count(*) FROM outbox");
  }

  std::vector<core::GateEvent> heard(EventKind kind) {
    std::vector<core::GateEvent> events;
    for (const auto& message : platform_->events())
      if (message.event.kind == kind) events.push_back(message.event);
    return events;
  }

  wallclock::WallClock clock_{[] { return true; }};
  syncing_test::TempFolder folder_;
  syncing::SigningKey own_{"a1", std::string(32, '\x02')};
  syncing::SigningKey platform_key_{"p1", std::string(32, '\x01')};
  std::unique_ptr<Cable> cable_;
  std::unique_ptr<syncing_test::MosquittoBroker> broker_;
  std::unique_ptr<world::Platform> platform_;
  std::unique_ptr<syncing::Room> room_;
  std::unique_ptr<Gate> gate_;
  int truck_ = 0;
};

class ACutCable : public OverACable, public testing::WithParamInterface<Lost> {};

std::string name_of(Lost lost) {
  if (lost == Lost::both_ways) return "BothWays";
  return lost == Lost::to_broker ? "ToTheBroker" : "ToTheAppliance";
}

}  // namespace

TEST_P(ACutCable, LosesNothingAndWhatWasMissedIsAppliedAndTold) {
  EXPECT_EQ(drive_in(), Mode::online);
  cable_->cut(GetParam());
  drive_in();  // whether anybody has noticed or not
  ASSERT_TRUE(gate_->until([this] { return mode() == Mode::backup; }));
  revoke(3);
  revoke(4);
  EXPECT_EQ(drive_in(), Mode::backup) << "its revocation is not known here";
  ASSERT_TRUE(gate_->until([this] { return report().link == LinkState::down; }));
  EXPECT_EQ(state_of(3), core::RightState::active);
  EXPECT_GT(report().outbox, 0);

  cable_->mend();
  ASSERT_TRUE(gate_->until([this] { return mode() == Mode::online && report().link == LinkState::up; }));
  ASSERT_TRUE(gate_->until([this] { return state_of(4) == core::RightState::revoked; }));
  EXPECT_EQ(state_of(3), core::RightState::revoked);
  truck_ = 4;
  EXPECT_EQ(drive_in(), Mode::online);

  ASSERT_TRUE(
      gate_->until([this] { return !heard(EventKind::reconciliation).empty() && report().outbox == 0; }));
  const auto book = platform_->book();
  EXPECT_EQ(static_cast<std::int64_t>(book.events().size()), recorded()) << "each event is there, once";
  EXPECT_THAT(book.conflicts(), IsEmpty());
  EXPECT_THAT(book.holes(), IsEmpty());
  EXPECT_EQ(heard(EventKind::gate_in).size(), 4u);

  std::vector<std::string> modes;
  for (const auto& event : heard(EventKind::mode_changed)) modes.push_back(event.text.value_or(""));
  EXPECT_THAT(modes, ElementsAre("start -> restricted", "restricted -> online", "online -> backup",
                                 "backup -> online"));
  EXPECT_TRUE(heard(EventKind::mode_changed).back().standing.reconciling);
  EXPECT_FALSE(report().standing.reconciling);
  std::vector<std::string> told;
  for (const auto& event : heard(EventKind::reconciliation))
    told.push_back(event.release_id.value_or("all") + ": " + event.text.value_or(""));
  EXPECT_THAT(told, Contains("R3: granted without fresh data: the right was revoked"));
  EXPECT_THAT(told.back(), HasSubstr(": 1 differ"));
  EXPECT_THAT(platform_->refused(), IsEmpty());
}

/// What the appliance sends goes nowhere, but it hears that its connection is gone, and asks for another one.
TEST_F(OverACable, ABrokerThatForgotEverythingMeanwhileIsFoundAgainAndToldEverything) {
  EXPECT_EQ(drive_in(), Mode::online);
  cable_->cut(Lost::to_broker);
  drive_in();
  broker_->kill_9();
  drive_in();
  platform_->cut_off();
  cable_->broker().inside([this] {
    broker_->start();
    platform_->come_back();
  });
  revoke(3);
  ASSERT_TRUE(gate_->until([this] { return mode() == Mode::backup; }));
  cable_->mend();
  ASSERT_TRUE(gate_->until([this] { return mode() == Mode::online && report().link == LinkState::up; }));
  ASSERT_TRUE(gate_->until([this] { return state_of(3) == core::RightState::revoked; }));
  ASSERT_TRUE(gate_->until([this] { return heard(EventKind::gate_in).size() == 3 && report().outbox == 0; }));
  const auto book = platform_->book();
  EXPECT_EQ(static_cast<std::int64_t>(book.events().size()), recorded());
  EXPECT_THAT(book.conflicts(), IsEmpty());
}

/// Left to itself, a connection that is asked for waits for two minutes.
TEST_F(OverACable, ANetworkThatSwallowsEverythingHoldsUpNoStop) {
  cable_->cut(Lost::to_broker);
  broker_->kill_9();
  cable_->broker().inside([this] { broker_->start(); });
  ASSERT_TRUE(gate_->until([this] { return mode() == Mode::backup; })) << "it asks by now";
  const auto from = std::chrono::steady_clock::now();
  room_->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - from, seconds(45));
}

INSTANTIATE_TEST_SUITE_P(Network, ACutCable,
                         testing::Values(Lost::both_ways, Lost::to_broker, Lost::to_appliance),
                         [](const auto& tested) { return name_of(tested.param); });
