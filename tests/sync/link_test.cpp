// The connection itself over a broker that no longer answers.
#include "sync/link.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/ringbuffer_sink.h>
#include <spdlog/spdlog.h>

#include "tests/sync/broker.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;

namespace {

using std::chrono::milliseconds;

class ALink : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(MosquittoBroker::program)) GTEST_SKIP() << "mosquitto is not installed";
    before_ = spdlog::default_logger();
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("test", log_));
    broker_ = std::make_unique<MosquittoBroker>(folder_ / "broker");
    LinkSettings settings;
    settings.port = broker_->port();
    settings.ca = broker_->ca();
    settings.certificate = broker_->certificate("a1");
    settings.key = broker_->key("a1");
    settings.client_id = "a1";
    link_ = std::make_unique<Link>(
        settings, context_.get_executor(),
        Link::Handlers{.message = [](const std::string&, const std::string&) {},
                       .connection = [this](bool connected) { connected_ = connected; }});
    link_->start();
    ASSERT_TRUE(until([this] { return connected_; }));
  }

  void TearDown() override {
    link_.reset();
    if (before_) spdlog::set_default_logger(before_);
  }

  std::string told() {
    std::string text;
    for (const auto& line : log_->last_formatted()) text += line;
    return text;
  }

  bool until(const std::function<bool()>& done) {
    for (int i = 0; i < 600; ++i) {
      if (done()) return true;  // once: what it asks for may be gone the next time
      context_.restart();
      context_.run_for(milliseconds(100));
    }
    return false;
  }

  bool publish() { return link_->publish("gate/v1/T869/events/a1", std::string(1000, 'e'), false); }

  TempFolder folder_;
  std::shared_ptr<spdlog::sinks::ringbuffer_sink_mt> log_ =
      std::make_shared<spdlog::sinks::ringbuffer_sink_mt>(100);
  std::shared_ptr<spdlog::logger> before_;
  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> waiting_{context_.get_executor()};
  std::unique_ptr<MosquittoBroker> broker_;
  std::unique_ptr<Link> link_;
  bool connected_ = false;
};

}  // namespace

TEST_F(ALink, ToABrokerThatAcknowledgesNothingTakesABoundedNumberOfMessages) {
  broker_->freeze();
  std::size_t taken = 0;
  for (int i = 0; i < 2000; ++i) taken += publish() ? 1 : 0;
  EXPECT_LE(taken, Link::most_unacknowledged);
  EXPECT_GE(taken, 64u) << "a window of events fits";
  broker_->thaw();
  EXPECT_TRUE(until([this] { return publish(); })) << "acknowledged ones make room";
}

TEST_F(ALink, ThatIsLostTellsWhyItCannotBeMadeAgain) {
  broker_->kill_9();
  ASSERT_TRUE(until([this] { return !connected_; }));
  const std::string why =
      "no connection to 127.0.0.1:" + std::to_string(broker_->port()) + ": Connection refused";
  EXPECT_TRUE(until([this, &why] { return told().find(why) != std::string::npos; })) << told();
}

TEST_F(ALink, ThatFlapsNeitherGrowsNorEverStopsTaking) {
  std::size_t taken = 0;
  for (int flap = 0; flap < 3; ++flap) {
    broker_->freeze();
    for (int i = 0; i < 300; ++i) taken += publish() ? 1 : 0;
    broker_->kill_9();
    ASSERT_TRUE(until([this] { return !connected_; }));
    EXPECT_FALSE(publish());
    broker_->start();
    ASSERT_TRUE(until([this] { return connected_; }));
  }
  EXPECT_LE(taken, 3 * Link::most_unacknowledged);
  EXPECT_TRUE(until([this] { return link_->unacknowledged() == 0; }));
  EXPECT_TRUE(publish());
}
