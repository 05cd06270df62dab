#!/usr/bin/python3
"""OpenCV's way from a picture to a tensor, one thread: cvtColor (NV12), resize, blobFromImage. One case a line in, milliseconds of one conversion out.

line: FORMAT WIDTH HEIGHT SIDE SHORT_SIDE FILTER TIMES   (SHORT_SIDE 0 = letterbox at 114, otherwise centre crop with mean and standard deviation)
"""
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(1)


def converter(layout, width, height, side, short_side, interpolation):
    picture = np.random.default_rng(1).integers(0, 256, (height * 3 // 2, width) if layout == "nv12" else (height, width, 3), np.uint8)
    colour = np.empty((height, width, 3), np.uint8)
    padded = np.full((side, side, 3), 114, np.uint8)
    scale = short_side / min(width, height) if short_side else min(side / width, side / height)
    used = (round(width * scale), round(height * scale)) if short_side else (int(width * scale), int(height * scale))
    resized = np.empty((used[1], used[0], 3), np.uint8) if short_side else padded[: used[1], : used[0]]
    left, top = (used[0] - side) // 2, (used[1] - side) // 2

    def convert():
        bgr = cv2.cvtColor(picture, cv2.COLOR_YUV2BGR_NV12, dst=colour) if layout == "nv12" else picture
        cv2.resize(bgr, used, dst=resized, interpolation=interpolation)
        if short_side:
            return cv2.dnn.blobFromImage(resized[top : top + side, left : left + side], 1 / 58, (side, side), (104, 117, 123))
        return cv2.dnn.blobFromImage(padded)

    return convert


converters = {}
for line in sys.stdin:
    *case, times = line.split()
    key = tuple(case)
    if key not in converters:
        filters = {"linear": cv2.INTER_LINEAR, "area": cv2.INTER_AREA}
        converters[key] = converter(case[0], *map(int, case[1:5]), filters[case[5]])
    convert = converters[key]
    start = time.perf_counter()
    for _ in range(int(times)):
        convert()
    print((time.perf_counter() - start) * 1000 / int(times), flush=True)
