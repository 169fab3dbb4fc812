// Answers the judge of lesson 07 with what the student's functions do to a graph.
#include "gradwalk/driver.hpp"

#include "exercise.hpp"

namespace driver_of_lesson {

using gradwalk::driver::Call;

Graph graph_of(Call& call) {
  Graph graph(call["kind"].values.size());
  for (std::size_t place = 0; place < graph.size(); ++place) {
    graph[place].kind = static_cast<Kind>(static_cast<int>(call["kind"].values[place]));
    graph[place].first = static_cast<std::size_t>(call["first"].values[place]);
    graph[place].second = static_cast<std::size_t>(call["second"].values[place]);
    graph[place].value = call["value"].values[place];
    if (call.has("gradient before")) graph[place].gradient = call["gradient before"].values[place];
  }
  return graph;
}

void forward_pass(Call& call) {
  Graph graph = graph_of(call);
  forward(graph);
  Vector values;
  for (const Node& node : graph) values.push_back(node.value);
  call.answer_vector("values", values);
}

void backward_pass(Call& call) {
  Graph graph = graph_of(call);
  backward(graph);
  Vector gradients;
  for (const Node& node : graph) gradients.push_back(node.gradient);
  call.answer_vector("gradient", gradients);
}

void order(Call& call) {
  Vector places;
  for (const std::size_t place : topological_order(graph_of(call))) places.push_back(double(place));
  call.answer_vector("order", places);
}

void paths(Call& call) {
  const Graph graph = graph_of(call);
  Vector counts;
  for (std::size_t to = 0; to < graph.size(); ++to) counts.push_back(count_paths(graph, to));
  call.answer_vector("paths", counts);
}

}  // namespace driver_of_lesson

const gradwalk::driver::Function gradwalk_functions[] = {{"forward", driver_of_lesson::forward_pass},
                                                         {"backward", driver_of_lesson::backward_pass},
                                                         {"order", driver_of_lesson::order},
                                                         {"paths", driver_of_lesson::paths},
                                                         {nullptr, nullptr}};
