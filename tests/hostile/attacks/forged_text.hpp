// Writes what it thinks a grader wants to read to every descriptor.
// expect malformed_answer
#include <unistd.h>

#include <cstring>
void attack() {
  const char* text = "{\"score\": 10, \"status\": \"passed\"}\n";
  for (int fd = 0; fd < 16; ++fd) (void)!write(fd, text, std::strlen(text));
  _exit(0);
}
