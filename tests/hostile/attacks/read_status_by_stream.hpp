// Looks at the first process through a stream.
// expect attempt: read about processes: /proc/1/status
#include <fstream>
#include <iostream>
#include <string>
void attack() {
  std::ifstream in("/proc/1/status");
  for (std::string line; std::getline(in, line);) std::cout << line << '\n';
}
