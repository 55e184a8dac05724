#include "tests/world/platform/mqtt.hpp"

#include <chrono>
#include <stdexcept>
#include <thread>

#include <mosquitto.h>
#include <mqtt_protocol.h>

namespace world {
namespace {

constexpr std::uint32_t session_kept_s = 3600;
constexpr auto patience = std::chrono::seconds(10);

void must(int code, const std::string& what) {
  if (code != MOSQ_ERR_SUCCESS) throw std::runtime_error(what + ": " + mosquitto_strerror(code));
}

struct Properties {
  Properties() { mosquitto_property_add_int32(&list, MQTT_PROP_SESSION_EXPIRY_INTERVAL, session_kept_s); }
  ~Properties() { mosquitto_property_free_all(&list); }
  Properties(const Properties&) = delete;
  Properties& operator=(const Properties&) = delete;
  mosquitto_property* list = nullptr;
};

template <class Ready>
bool wait_for(Ready ready) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (!ready()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return true;
}

}  // namespace

Mqtt::Mqtt(MqttAccess access, std::vector<std::string> filters, OnMessage on_message)
    : access_(std::move(access)),
      filters_(std::move(filters)),
      on_message_(std::move(on_message)),
      client_(nullptr, &mosquitto_destroy) {
  mosquitto_lib_init();
}

Mqtt::~Mqtt() {
  disconnect();
  mosquitto_lib_cleanup();
}

void Mqtt::on_connect(mosquitto* client, void* self, int reason, int, const void*) {
  auto& mqtt = *static_cast<Mqtt*>(self);
  mqtt.reason_ = reason;
  if (reason != 0) return;
  for (const std::string& filter : mqtt.filters_) mosquitto_subscribe(client, nullptr, filter.c_str(), 1);
}

void Mqtt::connect() {
  disconnect();
  const std::string where = "broker " + access_.broker.host + ":" + std::to_string(access_.broker.port);
  reason_ = -1;
  subscribed_ = false;
  std::unique_ptr<mosquitto, void (*)(mosquitto*)> client(
      mosquitto_new(access_.client_id.c_str(), false, this), &mosquitto_destroy);
  if (!client) throw std::runtime_error(where + ": no client");
  mosquitto_int_option(client.get(), MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);
  must(mosquitto_tls_set(client.get(), access_.ca.c_str(), nullptr, access_.certificate.c_str(),
                         access_.key.c_str(), nullptr),
       where + ": TLS files");
  mosquitto_connect_v5_callback_set(
      client.get(), [](mosquitto* m, void* self, int reason, int flags, const mosquitto_property* p) {
        on_connect(m, self, reason, flags, p);
      });
  mosquitto_subscribe_callback_set(client.get(), [](mosquitto*, void* self, int, int, const int*) {
    static_cast<Mqtt*>(self)->subscribed_ = true;
  });
  mosquitto_message_callback_set(client.get(), [](mosquitto*, void* self, const mosquitto_message* message) {
    const auto* bytes = static_cast<const char*>(message->payload);
    static_cast<Mqtt*>(self)->on_message_(message->topic,
                                          std::string(bytes, static_cast<std::size_t>(message->payloadlen)));
  });
  Properties properties;
  must(mosquitto_connect_bind_v5(client.get(), access_.broker.host.c_str(), access_.broker.port, 20, nullptr,
                                 properties.list),
       where);
  must(mosquitto_loop_start(client.get()), where);
  {
    const std::lock_guard lock(mutex_);
    client_ = std::move(client);
  }
  if (wait_for([this] { return subscribed_.load() || reason_ > 0; }) && reason_ == 0) return;
  const int reason = reason_;
  disconnect();
  throw std::runtime_error(where + ": " + (reason > 0 ? mosquitto_reason_string(reason) : "no answer"));
}

void Mqtt::disconnect() {
  std::unique_ptr<mosquitto, void (*)(mosquitto*)> client(nullptr, &mosquitto_destroy);
  {
    const std::lock_guard lock(mutex_);
    client = std::move(client_);
  }
  if (!client) return;
  mosquitto_disconnect(client.get());
  mosquitto_loop_stop(client.get(), false);
}

void Mqtt::publish(const std::string& topic, const std::string& payload, bool retain) {
  const std::lock_guard lock(mutex_);
  if (!client_) return;
  mosquitto_publish(client_.get(), nullptr, topic.c_str(), static_cast<int>(payload.size()), payload.data(),
                    1, retain);
}

}  // namespace world
