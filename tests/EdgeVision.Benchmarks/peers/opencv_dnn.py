#!/usr/bin/python3
"""What most people run today: OpenCV reads the video, cv2.dnn runs YOLOX, numpy decodes. Prints one line of JSON.

usage: opencv_dnn.py MODEL.onnx VIDEO [THREADS] [MAX_FRAMES]
"""
import json
import sys
import time

import cv2
import numpy as np

model, video = sys.argv[1:3]
threads = int(sys.argv[3]) if len(sys.argv) > 3 else 1
limit = int(sys.argv[4]) if len(sys.argv) > 4 else 1 << 30
SIZE, THRESHOLD, IOU = 416, 0.25, 0.45

cv2.setNumThreads(threads)
net = cv2.dnn.readNetFromONNX(model)

grids, strides = [], []
for stride in (8, 16, 32):
    n = SIZE // stride
    y, x = np.mgrid[0:n, 0:n]
    grids.append(np.stack((x, y), 2).reshape(-1, 2))
    strides.append(np.full((n * n, 1), stride))
grids, strides = np.concatenate(grids), np.concatenate(strides)


def detect(image):
    h, w = image.shape[:2]
    scale = min(SIZE / w, SIZE / h)
    padded = np.full((SIZE, SIZE, 3), 114, np.uint8)
    resized = cv2.resize(image, (int(w * scale), int(h * scale)))
    padded[: resized.shape[0], : resized.shape[1]] = resized
    net.setInput(cv2.dnn.blobFromImage(padded))
    rows = net.forward().reshape(-1, 85)
    centre = (rows[:, :2] + grids) * strides / scale
    size = np.exp(rows[:, 2:4]) * strides / scale
    scores = rows[:, 4:5] * rows[:, 5:]
    classes = scores.argmax(1)
    confidences = scores.max(1)
    keep = confidences > THRESHOLD
    boxes = np.concatenate((centre - size / 2, size), 1)[keep]
    # class-wise suppression: move each class to a plane of its own
    shifted = boxes.copy()
    shifted[:, :2] += classes[keep, None] * 10000.0
    kept = cv2.dnn.NMSBoxes(shifted.tolist(), confidences[keep].tolist(), THRESHOLD, IOU)
    return boxes[kept], classes[keep][kept], confidences[keep][kept]


capture = cv2.VideoCapture(video)
frames = found = 0
started = None
while frames < limit:
    ok, image = capture.read()
    if not ok:
        break
    boxes, _, _ = detect(image)
    found += len(boxes)
    frames += 1
    if started is None:  # the first frame pays for loading
        started = time.perf_counter()
seconds = time.perf_counter() - started
print(json.dumps({"frames": frames, "seconds": seconds, "fps": (frames - 1) / seconds, "detections": found}))
