#include "gate/lane/nursery.hpp"

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/system/system_error.hpp>

namespace lane {

namespace asio = boost::asio;

struct Nursery::Children {
  explicit Children(const asio::any_io_executor& executor) : bell(executor) {}

  std::map<Child, std::shared_ptr<asio::cancellation_signal>> signals;
  std::function<void(const std::string&)> on_failure;
  Bell bell;

  void ended(Child child, const std::exception_ptr& error) {
    signals.erase(child);
    bell.ring();
    if (!error || !on_failure) return;
    try {
      std::rethrow_exception(error);
    } catch (const boost::system::system_error& failure) {
      if (failure.code() != asio::error::operation_aborted) on_failure(failure.what());
    } catch (const std::exception& failure) {
      on_failure(failure.what());
    }
  }
};

Nursery::Nursery(asio::any_io_executor executor, std::function<void(const std::string&)> on_failure)
    : executor_(std::move(executor)), children_(std::make_shared<Children>(executor_)) {
  children_->on_failure = std::move(on_failure);
}

Nursery::~Nursery() { children_->on_failure = nullptr; }

Nursery::Child Nursery::spawn(asio::awaitable<void> work) {
  const Child child = ++last_;
  auto signal = std::make_shared<asio::cancellation_signal>();
  children_->signals.emplace(child, signal);
  auto ended = [children = children_, child, signal](const std::exception_ptr& error) {
    children->ended(child, error);
  };
  asio::co_spawn(executor_, std::move(work), asio::bind_cancellation_slot(signal->slot(), std::move(ended)));
  return child;
}

void Nursery::cancel(Child child) {
  const auto found = children_->signals.find(child);
  if (found == children_->signals.end()) return;
  const auto signal = found->second;  // the child may end inside `emit`
  signal->emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> Nursery::clear() {
  const auto children = children_;
  std::vector<std::shared_ptr<asio::cancellation_signal>> all;
  for (const auto& [child, signal] : children->signals) all.push_back(signal);
  for (const auto& signal : all) signal->emit(asio::cancellation_type::terminal);
  while (!children->signals.empty()) co_await children->bell.wait();
}

}  // namespace lane
