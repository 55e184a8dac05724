#include "tests/world/devices/reader_server.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <list>
#include <optional>
#include <thread>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

namespace world {

namespace asio = boost::asio;
using asio::ip::tcp;

struct ReaderServer::Body {
  asio::io_context io{1};
  std::optional<tcp::acceptor> acceptor;
  std::list<tcp::socket> sockets;
  tcp::endpoint endpoint;
  std::atomic<int> connected = 0;
  std::atomic<int> accepted = 0;
  std::thread thread;

  void open() {
    acceptor.emplace(io, endpoint);  // with SO_REUSEADDR
    endpoint = acceptor->local_endpoint();
    accept();
  }

  void accept() {
    acceptor->async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
      if (error) return;
      sockets.push_back(std::move(socket));
      ++accepted;
      ++connected;
      watch(std::prev(sockets.end()));
      accept();
    });
  }

  /// A client says nothing; readable means that it has gone.
  void watch(std::list<tcp::socket>::iterator socket) {
    socket->async_wait(tcp::socket::wait_read, [this, socket](const boost::system::error_code& error) {
      if (error) return;
      sockets.erase(socket);
      --connected;
    });
  }

  void drop() {
    for (auto& socket : sockets) socket.close();
    sockets.clear();
    connected = 0;
  }

  /// Runs `what` on the server's thread and waits for it.
  void run(const std::function<void()>& what) {
    std::promise<void> done;
    asio::post(io, [&what, &done] {
      what();
      done.set_value();
    });
    done.get_future().wait();
  }
};

ReaderServer::ReaderServer(int port) : body_(std::make_unique<Body>()) {
  body_->endpoint = {asio::ip::address_v4::loopback(), static_cast<unsigned short>(port)};
  body_->open();
  body_->thread = std::thread([body = body_.get()] {
    const auto working = asio::make_work_guard(body->io);
    body->io.run();
  });
}

ReaderServer::~ReaderServer() {
  body_->io.stop();
  body_->thread.join();
}

int ReaderServer::port() const { return body_->endpoint.port(); }

void ReaderServer::present_badge(std::string_view number) { say("BADGE " + std::string(number) + "\n"); }

void ReaderServer::give_tar(std::string_view text) { say("TAR " + std::string(text) + "\n"); }

void ReaderServer::say(std::string bytes) {
  body_->run([body = body_.get(), &bytes] {
    boost::system::error_code ignored;  // a client that has gone hears nothing
    for (auto& socket : body->sockets) asio::write(socket, asio::buffer(bytes), ignored);
  });
}

void ReaderServer::hang_up() {
  body_->run([body = body_.get()] { body->drop(); });
}

void ReaderServer::listen(bool does) {
  body_->run([body = body_.get(), does] {
    if (does == body->acceptor.has_value()) return;
    if (does) return body->open();
    body->acceptor.reset();
    body->drop();
  });
}

int ReaderServer::listeners() const { return body_->connected; }

int ReaderServer::connections() const { return body_->accepted; }

}  // namespace world
