#include "gate/console/tokens.hpp"

#include <algorithm>
#include <sstream>

#include <sodium.h>

namespace console {
namespace {

constexpr std::size_t shortest_token = 16;

std::optional<Role> role_of(std::string_view name) {
  for (const Role role : {Role::auditor, Role::technician, Role::operator_, Role::supervisor}) {
    if (role_name(role) == name) return role;
  }
  return std::nullopt;
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
  });
}

}  // namespace

std::string_view role_name(Role role) {
  switch (role) {
    case Role::nobody:
      return "nobody";
    case Role::auditor:
      return "auditor";
    case Role::technician:
      return "technician";
    case Role::operator_:
      return "operator";
    case Role::supervisor:
      return "supervisor";
  }
  return "nobody";
}

core::Result<Tokens> Tokens::parse(std::string_view text, const std::string& name) {
  Tokens tokens;
  std::istringstream lines{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    const auto wrong = [&name, number](std::string_view what) {
      return core::fail(core::Fault::malformed,
                        name + ":" + std::to_string(number) + ": " + std::string(what));
    };
    std::istringstream words(line);
    std::string person, role, token, more;
    if (!(words >> person) || person.front() == '#') continue;
    if (!(words >> role >> token) || (words >> more)) return wrong("a line is: name role token");
    if (!is_name(person)) return wrong("a name is 1 to 32 of a-z 0-9 . - _");
    const auto known = role_of(role);
    if (!known) return wrong("a role is operator, supervisor, technician or auditor");
    if (token.size() < shortest_token) return wrong("a token has at least 16 characters");
    if (tokens.find(token)) return wrong("this token is another person's already");
    for (const Entry& entry : tokens.entries_) {
      if (entry.person.name == person) return wrong("this name has a token already");
    }
    tokens.entries_.push_back({{person, *known, true}, digest_of(token)});
  }
  return tokens;
}

std::optional<Person> Tokens::find(std::string_view token) const {
  const Digest digest = digest_of(token);
  const Person* found = nullptr;
  for (const Entry& entry : entries_) {  // to the end, found or not: the time tells nothing
    if (sodium_memcmp(digest.data(), entry.digest.data(), digest.size()) == 0) found = &entry.person;
  }
  if (found == nullptr) return std::nullopt;
  return *found;
}

Tokens::Digest Tokens::digest_of(std::string_view token) {
  Digest digest{};
  crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size(), nullptr, 0);
  return digest;
}

}  // namespace console
