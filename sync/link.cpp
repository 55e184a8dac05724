#include "sync/link.hpp"

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <boost/asio/post.hpp>
#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <spdlog/spdlog.h>

#include "sync/reach.hpp"

namespace syncing {
namespace {

constexpr int kQos = 1;
constexpr int kKeepAlive = 15;                    // seconds
constexpr std::uint32_t kSessionExpiry = 86'400;  // seconds that the broker keeps our subscriptions
constexpr int kReconnectFirst = 1;
constexpr int kReconnectLast = 30;
constexpr core::Milliseconds kReach = std::chrono::seconds(5);
constexpr int kRound = 500;    // milliseconds
constexpr int kFarewells = 2;  // rounds for the last message to go out

void must(int code, const char* what) {
  if (code != MOSQ_ERR_SUCCESS) throw std::runtime_error(std::string(what) + ": " + mosquitto_strerror(code));
}

/// Whatever else went wrong with it, such a message was not queued and will never be acknowledged.
bool was_not_queued(int code) {
  return code == MOSQ_ERR_INVAL || code == MOSQ_ERR_NOMEM || code == MOSQ_ERR_PROTOCOL ||
         code == MOSQ_ERR_PAYLOAD_SIZE || code == MOSQ_ERR_OVERSIZE_PACKET ||
         code == MOSQ_ERR_QOS_NOT_SUPPORTED || code == MOSQ_ERR_RETAIN_NOT_SUPPORTED ||
         code == MOSQ_ERR_MALFORMED_UTF8;
}

/// Of a broker's own reasons and of the library's, which share one number.
const char* words_of(int reason) {
  return reason >= MQTT_RC_UNSPECIFIED ? mosquitto_reason_string(reason) : mosquitto_strerror(reason);
}

Link& link_of(void* self) { return *static_cast<Link*>(self); }

}  // namespace

void Link::Free::operator()(mosquitto* client) const {
  mosquitto_destroy(client);
  mosquitto_lib_cleanup();  // counts its users
}

Link::Link(LinkSettings settings, boost::asio::any_io_executor executor, Handlers handlers)
    : settings_(std::move(settings)),
      executor_(std::move(executor)),
      handlers_(std::move(handlers)),
      queued_messages_(std::make_shared<std::atomic<std::size_t>>(0)),
      queued_bytes_(std::make_shared<std::atomic<std::size_t>>(0)) {
  mosquitto_lib_init();
  client_.reset(mosquitto_new(settings_.client_id.c_str(), false, this));
  if (!client_) throw std::runtime_error("the MQTT client could not be made; is the client id empty?");
  mosquitto* client = client_.get();
  must(mosquitto_int_option(client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5), "MQTT v5");
  must(mosquitto_threaded_set(client, true), "threads");
  must(mosquitto_tls_set(client, settings_.ca.c_str(), nullptr, settings_.certificate.c_str(),
                         settings_.key.c_str(), nullptr),
       "TLS files of the link");
  if (!settings_.will_topic.empty())
    must(mosquitto_will_set_v5(client, settings_.will_topic.c_str(),
                               static_cast<int>(settings_.will_payload.size()), settings_.will_payload.data(),
                               kQos, true, nullptr),
         "last will");
  mosquitto_connect_v5_callback_set(client,
                                    [](mosquitto*, void* self, int reason, int, const mosquitto_property*) {
                                      link_of(self).connected(reason);
                                    });
  mosquitto_disconnect_v5_callback_set(client,
                                       [](mosquitto*, void* self, int reason, const mosquitto_property*) {
                                         link_of(self).disconnected(reason);
                                       });
  mosquitto_log_callback_set(client, [](mosquitto*, void* self, int level, const char* text) {
    if (level == MOSQ_LOG_ERR) link_of(self).detail_ = text;
  });
  mosquitto_message_v5_callback_set(
      client, [](mosquitto*, void* self, const mosquitto_message* message, const mosquitto_property*) {
        link_of(self).arrived(*message);
      });
  mosquitto_publish_v5_callback_set(client,
                                    [](mosquitto*, void* self, int, int reason, const mosquitto_property*) {
                                      --link_of(self).unacknowledged_;
                                      if (reason >= MQTT_RC_UNSPECIFIED) ++link_of(self).denied_;
                                    });
}

Link::~Link() { stop(); }

void Link::start() {
  if (!thread_.joinable()) thread_ = std::thread([this] { work(); });
}

void Link::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  mosquitto_disconnect_v5(client_.get(), MQTT_RC_DISCONNECT_WITH_WILL_MSG, nullptr);
  if (thread_.joinable()) thread_.join();
}

bool Link::wait_or_stop(int seconds) {
  std::unique_lock lock(mutex_);
  return wake_.wait_for(lock, std::chrono::seconds(seconds), [this] { return stopping_; });
}

bool Link::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Link::work() {
  pause_ = kReconnectFirst;
  do {
    const std::string why = connect_once();
    if (is_stopping()) break;
    tell_trouble(why);
  } while (!wait_or_stop(std::exchange(pause_, std::min(kReconnectLast, pause_ * 2))));
}

/// From one attempt to its end, and why it ended.
std::string Link::connect_once() {
  const auto reached = reach(settings_.host, settings_.port, kReach, [this] { return is_stopping(); });
  if (!reached) return reached.error().what;
  detail_.clear();
  int code = MOSQ_ERR_SUCCESS;
  if (knows_broker_) {
    code = mosquitto_reconnect(client_.get());
  } else {
    mosquitto_property* properties = nullptr;  // libmosquitto keeps them for every connection that follows
    mosquitto_property_add_int32(&properties, MQTT_PROP_SESSION_EXPIRY_INTERVAL, kSessionExpiry);
    code = mosquitto_connect_bind_v5(client_.get(), settings_.host.c_str(), settings_.port, kKeepAlive,
                                     nullptr, properties);
    mosquitto_property_free_all(&properties);
    knows_broker_ = true;
  }
  if (code == MOSQ_ERR_SUCCESS) code = stay();
  const int system = errno;
  disconnected(code);
  if (code == MOSQ_ERR_ERRNO) return std::generic_category().message(system);
  return detail_.empty() ? mosquitto_strerror(code) : detail_;
}

/// Until the connection ends, and a moment longer than it takes to be told to stop.
int Link::stay() {
  for (int farewells = kFarewells; farewells > 0; farewells -= is_stopping() ? 1 : 0)
    if (const int code = mosquitto_loop(client_.get(), kRound, 1); code != MOSQ_ERR_SUCCESS) return code;
  return MOSQ_ERR_SUCCESS;
}

/// Once for each kind of trouble, not at every attempt.
void Link::tell_trouble(const std::string& why) {
  if (told_.insert(why).second)
    spdlog::warn("link: no connection to {}:{}: {}; tried again and again", settings_.host, settings_.port,
                 why);
}

void Link::connected(int reason) {
  if (reason != MQTT_RC_SUCCESS) {
    detail_ = mosquitto_reason_string(reason);
    return;
  }
  spdlog::info("link: connected to {}:{}", settings_.host, settings_.port);
  told_.clear();
  pause_ = kReconnectFirst;
  for (const auto& filter : settings_.subscriptions)
    mosquitto_subscribe_v5(client_.get(), nullptr, filter.c_str(), kQos, 0, nullptr);
  connected_ = true;
  boost::asio::post(executor_, [handler = handlers_.connection] { handler(true); });
}

void Link::disconnected(int reason) {
  if (!connected_.exchange(false)) return;
  if (detail_.empty()) detail_ = words_of(reason);
  boost::asio::post(executor_, [handler = handlers_.connection] { handler(false); });
}

void Link::arrived(const mosquitto_message& message) {
  const auto size = static_cast<std::size_t>(std::max(0, message.payloadlen));
  if (*queued_messages_ >= settings_.queue_messages || *queued_bytes_ + size > settings_.queue_bytes) {
    ++dropped_;
    return;
  }
  ++*queued_messages_;
  *queued_bytes_ += size;
  std::string payload(static_cast<const char*>(message.payload), size);
  boost::asio::post(executor_,
                    [handler = handlers_.message, messages = queued_messages_, bytes = queued_bytes_,
                     topic = std::string(message.topic), payload = std::move(payload)]() mutable {
                      --*messages;
                      *bytes -= payload.size();
                      handler(std::move(topic), std::move(payload));
                    });
}

bool Link::publish(const std::string& topic, const std::string& payload, bool retain) {
  if (!connected_) return false;
  if (unacknowledged_.fetch_add(1) >= most_unacknowledged) {
    --unacknowledged_;
    return false;
  }
  const int code =
      mosquitto_publish_v5(client_.get(), nullptr, topic.c_str(), static_cast<int>(payload.size()),
                           payload.data(), kQos, retain, nullptr);
  if (was_not_queued(code)) --unacknowledged_;
  return code == MOSQ_ERR_SUCCESS;
}

}  // namespace syncing
