#include "tests/network/cable.hpp"

#include <cstdio>
#include <future>
#include <stdexcept>

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

namespace network {
namespace {

// Neighbours are written down instead of asked for: frames to another address than the other end's are lost
// without a word, and only those that this end sends.
constexpr const char* kBrokerCard = "02:00:00:00:00:01";
constexpr const char* kApplianceCard = "02:00:00:00:00:02";
constexpr const char* kNobody = "02:00:00:00:00:99";

std::string neighbour(const char* address, const char* card) {
  return std::string("neigh replace ") + address + " lladdr " + card + " dev wire nud permanent";
}

}  // namespace

Place::Place() {
  std::async(std::launch::async, [this] {
    if (::unshare(CLONE_NEWNET) != 0) throw std::runtime_error("no network of its own can be made here");
    handle_ = ::open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
  }).get();
  if (handle_ < 0) throw std::runtime_error("a network of its own cannot be held");
}

Place::~Place() { ::close(handle_); }

void Place::inside(const std::function<void()>& work) const {
  std::async(std::launch::async, [this, &work] {
    if (::setns(handle_, CLONE_NEWNET) != 0) throw std::runtime_error("a network cannot be entered");
    work();
  }).get();
}

void Place::ip(const std::string& words) const {
  inside([&words] {
    FILE* said = ::popen(("ip " + words + " 2>&1").c_str(), "r");
    if (!said) throw std::runtime_error("cannot start ip");
    std::string text;
    for (int c = std::fgetc(said); c != EOF; c = std::fgetc(said)) text += static_cast<char>(c);
    if (::pclose(said) != 0) throw std::runtime_error("ip " + words + ": " + text);
  });
}

std::filesystem::path Place::path() const {
  return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(handle_);
}

std::string Cable::lacking() {
  try {
    Cable{};
    return "";
  } catch (const std::exception& error) {
    return error.what();
  }
}

Cable::Cable() {
  broker_.ip("link add wire address " + std::string(kBrokerCard) + " type veth peer name wire address " +
             kApplianceCard + " netns " + appliance_.path().string());
  broker_.ip("address add " + std::string(broker_address) + "/24 dev wire");
  broker_.ip("link set lo up");
  appliance_.ip("address add " + std::string(appliance_address) + "/24 dev wire");
  mend();
}

void Cable::cut(Lost lost) const {
  if (lost == Lost::both_ways) broker_.ip("link set wire down");
  if (lost == Lost::to_broker) appliance_.ip(neighbour(broker_address, kNobody));
  if (lost == Lost::to_appliance) broker_.ip(neighbour(appliance_address, kNobody));
}

void Cable::mend() const {
  broker_.ip("link set wire up");
  appliance_.ip("link set wire up");
  broker_.ip(neighbour(appliance_address, kApplianceCard));
  appliance_.ip(neighbour(broker_address, kBrokerCard));
}

}  // namespace network
