-- Posts the signed pushes of a file in turn. Each is a line `id signature length`, then the body, then a line break.
local pushes = {}
local at = 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  for line in function() return file:read("*l") end do
    local id, signature, length = line:match("(%S+) (%S+) (%d+)")
    pushes[#pushes + 1] = wrk.format("POST", nil, {
      ["Accept"] = "*/*",
      ["Content-Type"] = "application/json",
      ["User-Agent"] = "GitHub-Hookshot/bench",
      ["X-GitHub-Delivery"] = id,
      ["X-GitHub-Event"] = "push",
      ["X-GitHub-Hook-ID"] = "1",
      ["X-Hub-Signature-256"] = signature,
    }, file:read(tonumber(length)))
    file:read(1)
  end
  file:close()
end

function request()
  at = at % #pushes + 1
  return pushes[at]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("seen answered=%d refused=%d failed=%d micros=%d p50=%d p99=%d", summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, summary.duration, latency:percentile(50), latency:percentile(99)))
end
