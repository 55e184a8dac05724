#include "gate/lane/commander.hpp"

#include <utility>

namespace lane {

namespace asio = boost::asio;

Commander::Commander(const asio::any_io_executor& executor, ports::Barrier& barrier,
                     std::function<void(core::Command, core::Result<void>)> tell)
    : barrier_(barrier), tell_(std::move(tell)), bell_(executor), free_(executor) {}

void Commander::raise() {
  arm_ = core::Command::raise;
  bell_.ring();
}

void Commander::lower() {
  arm_ = core::Command::lower;
  bell_.ring();
}

void Commander::show(core::Lamp lamp) {
  lamp_ = lamp;
  bell_.ring();
}

asio::awaitable<void> Commander::send_lamp() {
  const core::Lamp lamp = *std::exchange(lamp_, std::nullopt);
  auto sent = co_await barrier_.show(lamp);
  if (sent) shown_ = lamp;
  tell_(core::Command::show, std::move(sent));
}

asio::awaitable<void> Commander::send_arm() {
  const core::Command command = *std::exchange(arm_, std::nullopt);
  core::Result<void> sent;
  if (command == core::Command::raise) {
    sent = co_await barrier_.raise();
  } else {
    sent = co_await barrier_.lower();
  }
  tell_(command, std::move(sent));
}

asio::awaitable<void> Commander::drained() {
  while (arm_ || lamp_ || sending_) co_await free_.wait();
}

asio::awaitable<void> Commander::work() {
  for (;;) {
    sending_ = true;
    if (lamp_ && (lamp_ == core::Lamp::red || !arm_)) {  // red goes before the arm, green behind it
      co_await send_lamp();
    } else if (arm_) {
      co_await send_arm();
    } else {
      sending_ = false;
      free_.ring();
      co_await bell_.wait();
    }
  }
}

}  // namespace lane
