// Our gradients against PyTorch's, and weights there and back. Skipped, and said so, without python3-torch.
#include <boost/test/unit_test.hpp>

#include "support/run_program.hpp"

using namespace gradwalk;

namespace {

constexpr const char* script = R"(
import json, sys, numpy as np, torch
from safetensors_free import read
step = np.load('step.npz')
record = json.loads(step['record.json'])['steps'][0]
acts = {'tanh': torch.nn.Tanh, 'sigmoid': torch.nn.Sigmoid, 'relu': torch.nn.ReLU}
layers, widths = [], record['widths']
for k in range(len(widths) - 1):
    if k: layers.append(acts[record['activation']]())
    layers.append(torch.nn.Linear(widths[k], widths[k + 1]))
net = torch.nn.Sequential(*layers).double()
net.load_state_dict({k: torch.tensor(v) for k, v in read('weights.safetensors').items()})
x = torch.tensor(step['step0/x'], requires_grad=True)
y = torch.tensor(step['step0/y']).long()
loss = torch.nn.functional.cross_entropy(net(x), y)
loss.backward()
assert abs(loss.item() - float(step['step0/L'])) < 1e-12
ours = {'x': x}
for k, layer in enumerate([l for l in layers if isinstance(l, torch.nn.Linear)]):
    ours[f'W{k + 1}'], ours[f'b{k + 1}'] = layer.weight, layer.bias
for name, tensor in ours.items():
    assert np.abs(tensor.grad.numpy() - step[f'step0/d{name}']).max() < 1e-12, name
np.savez('back.npz', **{k: v.detach().numpy() for k, v in net.state_dict().items()})
print('compared', len(ours))
)";

constexpr const char* reader = R"(
import json, struct, numpy as np
def read(path):
    data = open(path, 'rb').read()
    n = struct.unpack('<Q', data[:8])[0]
    header = json.loads(data[8:8 + n])
    return {k: np.frombuffer(data[8 + n + v['data_offsets'][0]:8 + n + v['data_offsets'][1]], '<f8').reshape(v['shape']).copy()
            for k, v in header.items() if k != '__metadata__'}
)";

}  // namespace

BOOST_AUTO_TEST_CASE(our_gradients_are_pytorchs_and_weights_go_there_and_back) {
  const TemporaryFolder folder;
  if (run_program(folder, "/usr/bin/python3 -c 'import torch'").status != 0) {
    BOOST_TEST_MESSAGE("skipped: install python3-torch to compare with PyTorch");
    return;
  }
  write_file(folder / "compare.py", script);
  write_file(folder / "safetensors_free.py", reader);
  for (const char* activation : {"tanh", "sigmoid", "relu"}) {
    const std::string net =
        std::string("--net 4-9-5-3 --activation ") + activation + " --data iris --seed 3 --batch 11";
    BOOST_TEST(run_program(folder, "gradwalk train " + net + " --epochs 2 -o net.npz").status == 0);
    BOOST_TEST(
        run_program(folder, "gradwalk trace net.npz -o step.npz && gradwalk weights net.npz -o weights.safetensors")
            .status == 0);
    const auto run = run_program(folder, "OMP_NUM_THREADS=1 /usr/bin/python3 compare.py");
    BOOST_TEST(run.out == "compared 7\n", run.err);
    const auto back = run_program(
        folder,
        "gradwalk trace " + net +
            " --init back.npz --no-shuffle -o back_step.npz && gradwalk trace net.npz --no-shuffle -o direct.npz && "
            "gradwalk terms back_step.npz 'W2[1,1]' --json >a && gradwalk terms direct.npz 'W2[1,1]' --json >b && cmp "
            "a b");
    BOOST_TEST(back.status == 0, back.err);
  }
}
