# The trainer as a container, alone or as a rank of an MPIJob (deploy/mpijob.yaml). From the root of the repository:
#   docker build -f deploy/trainer.Dockerfile -t edgevision-trainer .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/EdgeVision.Trainer -c Release -r linux-x64 --self-contained -p:CarryTorch=true -o /program

# Debian 13, because its libstdc++ is what TorchSharp was built for.
FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends openmpi-bin openssh-server openssh-client dataset-fashion-mnist && rm -rf /var/lib/apt/lists/*
# The MPI operator puts keys of the job's own into ~/.ssh, from a secret: links without write permission, and host names that are new each time.
RUN useradd --create-home --uid 1000 mpiuser && mkdir -p /run/sshd \
    && printf 'Host *\n    Port 2222\n    StrictHostKeyChecking no\n    UserKnownHostsFile /dev/null\n    LogLevel ERROR\n' >/etc/ssh/ssh_config.d/mpi.conf \
    && printf 'Port 2222\nPidFile /tmp/sshd.pid\nHostKey /home/mpiuser/.ssh/id_rsa\nStrictModes no\nPasswordAuthentication no\n' >/etc/ssh/sshd_mpi
COPY --from=build /program /opt/edgevision-trainer
RUN ln -s /opt/edgevision-trainer/edgevision-trainer /usr/local/bin/edgevision-trainer
USER mpiuser
WORKDIR /home/mpiuser
ENTRYPOINT []
CMD ["edgevision-trainer", "--help"]
