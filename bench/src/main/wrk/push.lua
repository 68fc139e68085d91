-- Posts the signed pushes of a file in turn, each time as a delivery of its own: what was delivered before would be known as a
-- duplicate and not be worked on. In the file each is a line `id signature length`, then the body, then a line break.
local pushes = {}
local at = 0
local sent = 0
local run

local PLACE = "delivery-comes-here"

function init(args)
  run = string.format("%d-%s-", os.time(), tostring({}):match("0x(%x+)"))
  local file = assert(io.open(args[1], "rb"))
  for line in function() return file:read("*l") end do
    local _, signature, length = line:match("(%S+) (%S+) (%d+)")
    local push = wrk.format("POST", nil, {
      ["Accept"] = "*/*",
      ["Content-Type"] = "application/json",
      ["User-Agent"] = "GitHub-Hookshot/bench",
      ["X-GitHub-Delivery"] = PLACE,
      ["X-GitHub-Event"] = "push",
      ["X-GitHub-Hook-ID"] = "1",
      ["X-Hub-Signature-256"] = signature,
    }, file:read(tonumber(length)))
    local from, to = push:find(PLACE, 1, true)
    pushes[#pushes + 1] = { push:sub(1, from - 1), push:sub(to + 1) }
    file:read(1)
  end
  file:close()
end

function request()
  at = at % #pushes + 1
  sent = sent + 1
  return pushes[at][1] .. run .. sent .. pushes[at][2]
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("seen answered=%d refused=%d failed=%d micros=%d p50=%d p99=%d", summary.requests, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, summary.duration, latency:percentile(50), latency:percentile(99)))
end
