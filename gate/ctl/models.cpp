#include <system_error>

#include "gate/ctl/commands.hpp"

namespace ctl {

std::filesystem::path models_folder(const char* named, const std::filesystem::path& program) {
  if (named != nullptr && *named != '\0') return named;
  std::error_code error;
  std::filesystem::path beside = program.parent_path().parent_path() / "share/gatehouse/models";
  if (std::filesystem::is_directory(beside, error)) return beside;
  return GATEHOUSE_BUILD_MODELS;
}

}  // namespace ctl
