#include "drivers/sim/identity_reader.hpp"

#include <utility>

namespace sim {

IdentityReader::IdentityReader(const boost::asio::any_io_executor& executor, ports::Clock& clock)
    : clock_(clock), bell_(executor) {}

boost::asio::awaitable<core::Result<ports::IdentityRead>> IdentityReader::next() {
  while (reads_.empty()) co_await bell_.wait();
  auto read = std::move(reads_.front());
  reads_.pop_front();
  co_return read;
}

void IdentityReader::present_badge(std::string credential_hash) {
  push(ports::BadgeRead{.credential_hash = std::move(credential_hash), .captured = clock_.now()});
}

void IdentityReader::give_tar(std::string tar) {
  push(ports::TarRead{.tar = std::move(tar), .captured = clock_.now()});
}

void IdentityReader::fail(core::Error error) { push(tl::unexpected(std::move(error))); }

void IdentityReader::push(core::Result<ports::IdentityRead> read) {
  if (reads_.size() == kept) reads_.pop_front();
  reads_.push_back(std::move(read));
  bell_.ring();
}

}  // namespace sim
