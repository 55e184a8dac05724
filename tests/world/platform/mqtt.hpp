// The platform's connection to the broker: MQTT v5 over TLS with a client certificate.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "config/config.hpp"

struct mosquitto;

namespace world {

struct MqttAccess {
  config::Endpoint broker;
  std::string client_id;
  std::filesystem::path ca, certificate, key;
};

/// The session is kept by the broker while this is disconnected. Thread-safe; `on_message` runs on the
/// library's own thread and may publish.
class Mqtt {
 public:
  using OnMessage = std::function<void(const std::string& topic, const std::string& payload)>;

  Mqtt(MqttAccess access, std::vector<std::string> filters, OnMessage on_message);
  ~Mqtt();
  Mqtt(const Mqtt&) = delete;
  Mqtt& operator=(const Mqtt&) = delete;

  /// Returns once the filters are subscribed; std::runtime_error names what the broker or TLS said.
  void connect();
  void disconnect();  // harmless when repeated; not from `on_message`

  /// QoS 1; lost while disconnected.
  void publish(const std::string& topic, const std::string& payload, bool retain);

 private:
  static void on_connect(mosquitto* client, void* self, int reason, int flags, const void* properties);

  MqttAccess access_;
  std::vector<std::string> filters_;
  OnMessage on_message_;
  std::mutex mutex_;  // guards client_
  std::unique_ptr<mosquitto, void (*)(mosquitto*)> client_;
  std::atomic<int> reason_ = -1;  // of the broker's answer to connect; -1: none yet
  std::atomic<bool> subscribed_ = false;
};

}  // namespace world
