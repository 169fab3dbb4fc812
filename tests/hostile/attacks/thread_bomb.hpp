// Threads beyond any limit.
// expect timed_out
#include <pthread.h>
#include <unistd.h>
static void* sleeper(void*) {
  for (;;) sleep(1);
}
void attack() {
  for (;;) {
    pthread_t t;
    pthread_create(&t, nullptr, sleeper, nullptr);
  }
}
