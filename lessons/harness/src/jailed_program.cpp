#include "gradwalk/harness/jailed_program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "gradwalk/harness/attempt.hpp"
#include "gradwalk/harness/throwaway_user.hpp"
#include "order.hpp"

namespace gradwalk::harness {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds grace{3000};  // beyond the program's own time, for the jail to speak
constexpr std::size_t shown_bytes = 16 << 10;     // of what the program prints
constexpr int wall_per_cpu = 5;                   // see RunLimits::wall

/// The judge's ends of the three pipes of one run, and what has come through them.
class Conversation {
 public:
  Conversation(const std::string& request, const RunLimits& limits) : request_(request), limits_(limits) {
    for (const int end : {question_.write.get(), reply_.read.get(), output_.read.get()})
      fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK);
  }

  bool hand_over(int control, const jail::Order& order) {
    jail::Order copy = order;
    iovec data{&copy, sizeof copy};
    const int ends[3] = {question_.read.get(), reply_.write.get(), output_.write.get()};
    alignas(cmsghdr) char space[CMSG_SPACE(sizeof ends)] = {};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = space;
    message.msg_controllen = sizeof space;
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof ends);
    std::memcpy(CMSG_DATA(header), ends, sizeof ends);
    const bool sent = sendmsg(control, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof copy);
    question_.read.reset();
    reply_.write.reset();
    output_.write.reset();
    return sent;
  }

  /// Talks until the jail tells how the program ended. False: it did not in time.
  bool until_ended(int control, jail::Ending& ending, Clock::time_point deadline) {
    for (;;) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      if (left <= 0) return false;
      pollfd wait[4] = {{question_.write.get(), POLLOUT, 0},
                        {reply_.read.get(), POLLIN, 0},
                        {output_.read.get(), POLLIN, 0},
                        {control, POLLIN, 0}};
      if (poll(wait, 4, static_cast<int>(left)) < 0) continue;
      if (wait[0].revents) ask();
      if (wait[1].revents) take(reply_.read, answer, limits_.reply_bytes, answer_size);
      if (wait[2].revents) take(output_.read, printed, shown_bytes, printed_size);
      if (wait[3].revents) {
        const bool told = recv(control, &ending, sizeof ending, 0) == static_cast<ssize_t>(sizeof ending);
        while (take(reply_.read, answer, limits_.reply_bytes, answer_size)) {
        }
        while (take(output_.read, printed, shown_bytes, printed_size)) {
        }
        return told;
      }
      if (printed_size > limits_.printed_bytes || answer_size > limits_.reply_bytes) stop_listening();
    }
  }

  std::string answer, printed;
  std::size_t answer_size = 0, printed_size = 0;

 private:
  void ask() {
    // A program that reads nothing closes the pipe: SIGPIPE is ignored by the judge, and the run goes on.
    const ssize_t n = write(question_.write.get(), request_.data() + asked_, request_.size() - asked_);
    if (n > 0) asked_ += static_cast<std::size_t>(n);
    if (asked_ == request_.size() || (n < 0 && errno != EAGAIN && errno != EINTR)) question_.write.reset();
  }

  /// One read. False at the end, or when nothing is there.
  static bool take(Descriptor& from, std::string& text, std::size_t room, std::size_t& total) {
    if (!from) return false;
    char block[1 << 14];
    const ssize_t n = read(from.get(), block, sizeof block);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (n <= 0) {
      from.reset();
      return false;
    }
    const auto size = static_cast<std::size_t>(n);
    total += size;
    if (text.size() < room) text.append(block, std::min(size, room - text.size()));
    return true;
  }

  /// The program prints on and on: it gets a broken pipe, and the run ends.
  void stop_listening() {
    output_.read.reset();
    reply_.read.reset();
  }

  const std::string& request_;
  const RunLimits& limits_;
  std::size_t asked_ = 0;
  Pipe question_ = make_pipe(), reply_ = make_pipe(), output_ = make_pipe();
};

Outcome outcome_of(const jail::Ending& ending, const Reply& reply, std::uint32_t cpu_seconds) {
  // One that ignores the first warning is killed a second later.
  const bool out_of_time = WIFSIGNALED(ending.status) && ending.cpu_microseconds / 1000000 >= cpu_seconds;
  if (ending.timed_out || out_of_time) return Outcome::timed_out;
  if (WIFSIGNALED(ending.status) && WTERMSIG(ending.status) == SIGXCPU) return Outcome::timed_out;
  if (WIFSIGNALED(ending.status)) return Outcome::crashed;
  switch (reply.fault) {
    case ReplyFault::nothing:
      return WEXITSTATUS(ending.status) == 0 ? Outcome::no_answer : Outcome::failed;
    case ReplyFault::too_short:
      return Outcome::short_answer;
    case ReplyFault::surplus:
      return Outcome::surplus_answer;
    case ReplyFault::malformed:
      return Outcome::malformed_answer;
    case ReplyFault::none:
      break;
  }
  return WEXITSTATUS(ending.status) == 0 ? Outcome::answered : Outcome::failed;
}

}  // namespace

JailedProgram::JailedProgram(const Sandbox& sandbox, const std::filesystem::path& jail,
                             const std::filesystem::path& program, std::optional<uid_t> uid)
    : tier_(sandbox.tier()) {
  auto [ours, theirs] = make_socket_pair();
  control_ = std::move(ours);
  process_ = start(sandbox.jail(jail, program, theirs.get(), uid));
}

JailedProgram::~JailedProgram() { kill_group(process_); }

RunResult JailedProgram::run(const std::string& request, const RunLimits& limits) {
  jail::Order order;
  const std::chrono::milliseconds wall = limits.wall * wall_per_cpu;
  order.wall_milliseconds = static_cast<std::uint32_t>(wall.count());
  order.cpu_seconds = static_cast<std::uint32_t>((limits.wall.count() + 999) / 1000);
  order.memory_bytes = limits.memory_bytes;
  // A limit on threads counts all processes of a user: it needs a user or a namespace of its own.
  order.threads = tier_ == Tier::limits_only ? 0 : limits.threads;

  RunResult result;
  Conversation conversation(request, limits);
  jail::Ending ending;
  if (!conversation.hand_over(control_.get(), order)) return result;
  if (!conversation.until_ended(control_.get(), ending, Clock::now() + wall + grace)) return result;
  if (!ending.started) return result;

  result.reply = decode_reply(conversation.answer);
  result.outcome = outcome_of(ending, result.reply, order.cpu_seconds);
  if (conversation.printed_size > limits.printed_bytes) result.outcome = Outcome::printed_too_much;
  if (conversation.answer_size > limits.reply_bytes) result.outcome = Outcome::surplus_answer;
  if (ending.attempt_count >= 64) result.outcome = Outcome::refused_calls;
  if (result.outcome != Outcome::answered) result.reply.tensors.clear();
  if (WIFSIGNALED(ending.status)) result.signal = WTERMSIG(ending.status);
  if (WIFEXITED(ending.status)) result.exit_code = WEXITSTATUS(ending.status);
  result.printed = std::move(conversation.printed);
  result.cpu_seconds = static_cast<double>(ending.cpu_microseconds) * 1e-6;
  const std::size_t told = std::min<std::size_t>(ending.told, std::size(ending.attempts));
  for (std::size_t i = 0; i < told; ++i) {
    jail::Attempt& attempt = ending.attempts[i];
    attempt.path[sizeof attempt.path - 1] = '\0';
    std::string words = describe_attempt(attempt.call, attempt.path);
    if (!words.empty() && std::find(result.attempts.begin(), result.attempts.end(), words) == result.attempts.end())
      result.attempts.push_back(std::move(words));
  }
  return result;
}

bool JailedProgram::works(const Sandbox& sandbox, const std::filesystem::path& jail) {
  // Without arguments the jail ends with exit code 2: seen here, it has started, filtered and limited like any program.
  std::optional<ThrowawayUser> user;
  if (sandbox.has_throwaway_users()) user.emplace();
  JailedProgram itself(sandbox, jail, jail, user ? std::optional(user->uid()) : std::nullopt);
  RunLimits limits;
  limits.wall = std::chrono::milliseconds(5000);
  const RunResult result = itself.run({}, limits);
  return result.outcome == Outcome::failed && result.exit_code == 2;
}

}  // namespace gradwalk::harness
