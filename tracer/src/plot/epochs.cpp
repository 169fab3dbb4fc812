#include <algorithm>

#include "gradwalk/tracer/plot.hpp"

namespace gradwalk {

std::string epochs_of(const std::vector<NetAtEpoch>& nets) {
  std::string text;
  for (const NetAtEpoch& at : nets) text += (text.empty() ? "" : ", ") + std::to_string(at.epoch);
  return text;
}

template <class T>
std::vector<NetAtEpoch> nets_at_epochs(Net<T> net, Loss loss, const Samples<T>& samples,
                                       const TrainingOptions& training, std::vector<std::size_t> epochs) {
  std::sort(epochs.begin(), epochs.end());
  epochs.erase(std::unique(epochs.begin(), epochs.end()), epochs.end());
  Descent<T> descent(net, loss, samples, training);
  std::vector<NetAtEpoch> nets;
  std::size_t done = 0;
  for (const std::size_t epoch : epochs) {
    for (; done < epoch; ++done) descent.epoch();
    if constexpr (std::is_same_v<T, float>)
      nets.push_back({epoch, to_double(net)});
    else
      nets.push_back({epoch, net});
  }
  return nets;
}

template std::vector<NetAtEpoch> nets_at_epochs(Net<float>, Loss, const Samples<float>&, const TrainingOptions&,
                                                std::vector<std::size_t>);
template std::vector<NetAtEpoch> nets_at_epochs(Net<double>, Loss, const Samples<double>&, const TrainingOptions&,
                                                std::vector<std::size_t>);

}  // namespace gradwalk
