// Lists all processes.
// expect attempt: read about processes: /proc
#include <filesystem>
#include <iostream>
void attack() {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) std::cout << entry.path() << '\n';
}
