#include "sync/room.hpp"

#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

namespace syncing {
namespace {

namespace asio = boost::asio;

LinkSettings link_settings(const Broker& broker, const SyncSettings& settings, const Sync& sync) {
  LinkSettings link;
  link.host = broker.host;
  link.port = broker.port;
  link.ca = broker.ca;
  link.certificate = broker.certificate;
  link.key = broker.key;
  link.client_id = "gatehouse-" + settings.stream.terminal + "-" + settings.appliance;
  link.subscriptions = sync.subscriptions();
  link.will_topic = sync.status_topic();
  link.will_payload = sync.last_will();
  return link;
}

void ended(const std::exception_ptr& error) {
  try {
    if (error) std::rethrow_exception(error);
  } catch (const boost::system::system_error&) {
    // Cancelled: the clock is going.
  } catch (const std::exception& exception) {
    spdlog::critical("sync stopped: {}", exception.what());
  }
}

}  // namespace

core::Result<std::unique_ptr<Room>> Room::open(const SyncSettings& settings, SyncKeys keys,
                                               const Broker& broker, ports::Clock& clock) {
  std::unique_ptr<Room> room(new Room());
  const SyncExecutors executors{.home = room->home_.get_executor(),
                                .writing = room->writing_.get_executor(),
                                .storing = room->storing_.get_executor()};
  SyncSettings aside = settings;
  aside.building = Building::aside;  // a thread more, like those above
  auto sync = Sync::open(std::move(aside), std::move(keys), clock, executors);
  if (!sync) return tl::unexpected(sync.error());
  room->sync_ = std::move(*sync);
  Sync* following = room->sync_.get();
  Link::Handlers handlers{
      .message = [following](const std::string& topic,
                             const std::string& payload) { following->receive(topic, payload); },
      .connection = [following](bool connected) { following->connection(connected); }};
  try {
    room->link_ = std::make_unique<Link>(link_settings(broker, settings, *following), executors.home,
                                         std::move(handlers));
  } catch (const std::exception& exception) {
    return core::fail(core::Fault::broken, std::string("link: ") + exception.what());
  }
  Link* link = room->link_.get();
  following->send_through([link](const std::string& topic, const std::string& payload, bool retain) {
    return link->publish(topic, payload, retain);
  });
  return room;
}

void Room::start() {
  if (std::exchange(running_, true)) return;
  link_->start();
  asio::co_spawn(home_, sync_->run(), ended);
  asio::co_spawn(home_, sync_->retain(), ended);
  asio::post(inspecting_, [this] { sync_->inspect(stopping_); });
}

void Room::stop() {
  stopping_ = true;
  inspecting_.join();
  if (link_) link_->stop();
  home_.stop();
  home_.join();
}

Room::~Room() {
  stop();
  storing_.join();
  writing_.join();
}

}  // namespace syncing
