// Two networks of this process's own with one cable between them, which can be cut, also in one direction.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

namespace network {

/// Which messages are lost.
enum class Lost { both_ways, to_broker, to_appliance };

/// One network: nothing in it reaches anything outside, and it is gone with this.
class Place {
 public:
  Place();
  ~Place();
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  /// `work` on a thread whose sockets, and those of threads and programs that it starts, belong here. Passes
  /// on what it throws.
  void inside(const std::function<void()>& work) const;

  /// A command line of iproute2, here. Throws std::runtime_error with what it said.
  void ip(const std::string& words) const;

  /// As a path by which others find it.
  [[nodiscard]] std::filesystem::path path() const;

 private:
  int handle_ = -1;
};

class Cable {
 public:
  static constexpr const char* broker_address = "192.0.2.1";  // of the range for documentation
  static constexpr const char* appliance_address = "192.0.2.2";

  /// Why no such networks can be made here (rights of an administrator, iproute2); empty: they can.
  [[nodiscard]] static std::string lacking();

  Cable();

  [[nodiscard]] const Place& broker() const { return broker_; }
  [[nodiscard]] const Place& appliance() const { return appliance_; }

  /// In one direction: what is sent goes nowhere, and the sender learns nothing of it.
  void cut(Lost lost) const;
  void mend() const;

 private:
  Place broker_;
  Place appliance_;
};

}  // namespace network
