# Two stages: pip and its cache stay behind in the first. The base is pinned; docs/OPERATIONS.md says how to renew it.
FROM python:3.11.16-slim-trixie@sha256:be1575ed968de893bd54f4c56315ff7c4736ce522c1bca08fd521731aafc0d76 AS base

FROM base AS builder
COPY requirements/runtime.txt /requirements.txt
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r /requirements.txt \
 && /venv/bin/pip check

FROM base
RUN groupadd --gid 10001 likeness \
 && useradd --uid 10001 --gid likeness --home-dir /data --no-create-home --shell /usr/sbin/nologin likeness \
 && install --directory --owner=likeness --group=likeness /data
COPY --from=builder /venv /venv
WORKDIR /app
COPY bot bot
COPY providers providers
COPY storage storage
COPY prompts prompts
# The user may not write here, so what Python would cache at the first start is made now.
RUN /venv/bin/python -m compileall -q bot providers storage prompts

# The web chat is reachable from outside the container, so it refuses to start without WEB_TOKEN:
#   docker run -p 8080:8080 -v likeness:/data -e WEB_TOKEN=… likeness
ENV PATH=/venv/bin:$PATH DATA_DIR=/data WEB_HOST=0.0.0.0 WEB_PORT=8080 LOG_FORMAT=json
USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['WEB_PORT'] + '/healthz', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
