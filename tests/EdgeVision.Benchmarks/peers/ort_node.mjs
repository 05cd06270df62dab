// The Node way: an ffmpeg child decodes, onnxruntime-node runs YOLOX, plain JavaScript before and after. Prints one line of JSON.
// usage: node ort_node.mjs MODEL.onnx VIDEO WIDTH HEIGHT [THREADS] [MAX_FRAMES]
import { spawn } from "node:child_process";
import ort from "onnxruntime-node";

const [model, video, w, h, threads = "1", limit = "1000000000"] = process.argv.slice(2);
const width = Number(w), height = Number(h), size = 416, threshold = 0.25, iouLimit = 0.45;
const session = await ort.InferenceSession.create(model, {
  intraOpNumThreads: Number(threads),
  interOpNumThreads: 1,
  graphOptimizationLevel: "all",
});

const scale = Math.min(size / width, size / height);
const usedWidth = Math.floor(width * scale), usedHeight = Math.floor(height * scale);
const input = new Float32Array(3 * size * size).fill(114);

function prepare(frame) {
  for (let y = 0; y < usedHeight; y++) {
    const sy = Math.max(0, (y + 0.5) / scale - 0.5), y0 = Math.floor(sy), y1 = Math.min(y0 + 1, height - 1), fy = sy - y0;
    for (let x = 0; x < usedWidth; x++) {
      const sx = Math.max(0, (x + 0.5) / scale - 0.5), x0 = Math.floor(sx), x1 = Math.min(x0 + 1, width - 1), fx = sx - x0;
      for (let c = 0; c < 3; c++) {
        const top = frame[(y0 * width + x0) * 3 + c] * (1 - fx) + frame[(y0 * width + x1) * 3 + c] * fx;
        const bottom = frame[(y1 * width + x0) * 3 + c] * (1 - fx) + frame[(y1 * width + x1) * 3 + c] * fx;
        input[(c * size + y) * size + x] = top * (1 - fy) + bottom * fy;
      }
    }
  }
}

function decode(rows) {
  const found = [];
  let row = 0;
  for (const stride of [8, 16, 32]) {
    const n = size / stride;
    for (let y = 0; y < n; y++) {
      for (let x = 0; x < n; x++, row++) {
        const at = row * 85, objectness = rows[at + 4];
        if (objectness < threshold) continue;
        let best = 0;
        for (let c = 1; c < 80; c++) if (rows[at + 5 + c] > rows[at + 5 + best]) best = c;
        const score = objectness * rows[at + 5 + best];
        if (score < threshold) continue;
        const cx = (rows[at] + x) * stride / scale, cy = (rows[at + 1] + y) * stride / scale;
        const bw = Math.exp(rows[at + 2]) * stride / scale, bh = Math.exp(rows[at + 3]) * stride / scale;
        found.push([cx - bw / 2, cy - bh / 2, cx + bw / 2, cy + bh / 2, score, best]);
      }
    }
  }
  found.sort((a, b) => b[4] - a[4]);
  const kept = [];
  for (const box of found) if (!kept.some((other) => other[5] === box[5] && overlap(other, box) > iouLimit)) kept.push(box);
  return kept;
}

function overlap(a, b) {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]), height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared);
}

const ffmpeg = spawn("ffmpeg", ["-v", "error", "-i", video, "-f", "rawvideo", "-pix_fmt", "bgr24", "-"], { stdio: ["ignore", "pipe", "inherit"] });
const bytes = width * height * 3, frame = Buffer.alloc(bytes);
let filled = 0, frames = 0, detections = 0, started = 0;
outer: for await (const chunk of ffmpeg.stdout) {
  for (let at = 0; at < chunk.length; ) {
    const taken = chunk.copy(frame, filled, at, Math.min(chunk.length, at + bytes - filled));
    at += taken;
    filled += taken;
    if (filled < bytes) continue;
    filled = 0;
    prepare(frame);
    const { output } = await session.run({ images: new ort.Tensor("float32", input, [1, 3, size, size]) });
    detections += decode(output.data).length;
    if (++frames === 1) started = performance.now(); // the first frame pays for loading
    if (frames >= Number(limit)) break outer;
  }
}
ffmpeg.kill();
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ frames, seconds, fps: (frames - 1) / seconds, detections }));
process.exit(0);
